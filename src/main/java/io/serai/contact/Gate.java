package io.serai.contact;

import static io.serai.message.Verdict.ANSWERED;
import static io.serai.message.Verdict.suppressed;
import static io.serai.message.Verdict.waiting;

import io.micrometer.core.instrument.MeterRegistry;
import io.serai.contact.ContactSettings.Policy;
import io.serai.message.Arrival;
import io.serai.message.Circumstances;
import io.serai.message.Standing;
import io.serai.message.Verdict;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Decides whether a message is answered: what must not be, never is; what strangers say waits for who may let them in. */
@Component("gate")
class Gate {

    /** Waits until an operator has looked at it; its sender is told nothing, since it may be somebody else's handle. */
    static final String UNVERIFIED = "unverified";
    static final String PAIRING = "pairing";
    static final String REFUSED = "refused";

    private final ContactSettings settings;
    private final MeterRegistry meters;

    Gate(ContactSettings settings, MeterRegistry meters) {
        this.settings = settings;
        this.meters = meters;
    }

    public Arrival gate(Arrival arrival) {
        Verdict verdict = judge(arrival);
        meters.counter("serai.gate", "channel", arrival.inbound().channel(),
                        "fate", verdict.fate().name().toLowerCase(Locale.ROOT), "rule", verdict.rule() == null ? "" : verdict.rule())
                .increment();
        return arrival.judged(verdict);
    }

    private Verdict judge(Arrival arrival) {
        Circumstances around = arrival.inbound().around();
        if (around.suppressedBy() != null) {
            return suppressed(around.suppressedBy());
        }
        if (around.group() && !around.addressed()) {
            return suppressed("not-addressed");
        }
        return switch (arrival.standing()) {
            case REFUSED -> suppressed(REFUSED);
            case ADMITTED -> ANSWERED;
            case NEW -> around.verified() ? newcomer(arrival) : doubtful(arrival);
        };
    }

    private Verdict newcomer(Arrival arrival) {
        if (settings.allows(arrival.address())) {
            return ANSWERED;
        }
        return switch (settings.policy(arrival.inbound().channel())) {
            case OPEN -> ANSWERED;
            case PAIRING -> waiting(PAIRING);
            case ALLOW_LIST -> suppressed("allow-list");
        };
    }

    /** A list of handles says nothing about who only claims one. */
    private Verdict doubtful(Arrival arrival) {
        Policy policy = settings.policy(arrival.inbound().channel());
        if (policy == Policy.ALLOW_LIST) {
            return suppressed("allow-list");
        }
        boolean answered = policy == Policy.OPEN && settings.unverified() == ContactSettings.Unverified.ANSWER;
        return answered ? ANSWERED : waiting(UNVERIFIED);
    }

    /** What holds for a message that was to wait, now that its sender's standing is known for sure. */
    static Verdict settled(Verdict waiting, Standing standing) {
        return switch (standing) {
            case NEW -> waiting;
            case ADMITTED -> ANSWERED;
            case REFUSED -> suppressed(REFUSED);
        };
    }
}
