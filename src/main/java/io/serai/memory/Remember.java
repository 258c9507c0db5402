package io.serai.memory;

import io.micrometer.core.instrument.MeterRegistry;
import io.serai.Failpoint;
import io.serai.channel.Attachments;
import io.serai.contact.Contacts;
import io.serai.contact.Pairings;
import io.serai.contact.Strangers;
import io.serai.database.Committed;
import io.serai.message.Arrival;
import io.serai.message.Receipt;
import io.serai.message.Verdict;
import io.serai.work.Lanes;
import io.serai.work.Queue;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Accepts a message: once this returns it is stored and the door may say yes. If it is to be answered, its conversation waits for that; if a person
 * has to decide about its sender first, it waits for them.
 */
@Component("remember")
class Remember {

    private final Contacts contacts;
    private final Transcript transcript;
    private final Wordings wordings;
    private final Strangers strangers;
    private final Pairings pairings;
    private final Contexts contexts;
    private final Attachments attachments;
    private final Lanes lanes;
    private final AnswerSettings settings;
    private final MeterRegistry meters;

    Remember(Contacts contacts, Transcript transcript, Wordings wordings, Strangers strangers, Pairings pairings, Contexts contexts,
            Attachments attachments, Lanes lanes, AnswerSettings settings, MeterRegistry meters) {
        this.contacts = contacts;
        this.transcript = transcript;
        this.wordings = wordings;
        this.strangers = strangers;
        this.pairings = pairings;
        this.contexts = contexts;
        this.attachments = attachments;
        this.lanes = lanes;
        this.settings = settings;
        this.meters = meters;
    }

    @Transactional
    public Receipt remember(Arrival arrival) {
        Arrival settled = arrival.verdict().isWaiting() ? arrival.judged(strangers.settle(arrival)) : arrival;
        return write(settled).map(entry -> accepted(settled, entry)).orElseGet(() -> {
            Arrival sure = contacts.anew(settled);
            return accepted(sure, write(sure).orElseThrow(() -> new IllegalStateException("contact " + sure.contact().id() + " is being merged: try again")));
        });
    }

    private Optional<Transcript.Entry> write(Arrival arrival) {
        return arrival.inbound().around().replaces() == null ? transcript.write(arrival, null) : wordings.write(arrival);
    }

    private Receipt accepted(Arrival sure, Transcript.Entry entry) {
        if (entry.written()) {
            attachments.claim(entry.id(), sure.inbound().attachments());
            if (sure.inbound().context() != null) {
                contexts.merge(entry.id(), sure.conversation().id(), sure.inbound().context());
            }
            pass(sure, entry.id());
        }
        Failpoint.ACCEPT_BEFORE_COMMIT.reached();
        Failpoint.ACCEPT_AFTER_COMMIT.reachedAfterCommit();
        String duplicate = String.valueOf(!entry.written());
        Committed.then(meters.counter("serai.accepted", "channel", sure.inbound().channel(), "duplicate", duplicate)::increment);
        return new Receipt(
                entry.id(), entry.publicId(), sure.contact(), sure.address(), sure.conversation(), !entry.written(), sure.verdict());
    }

    private void pass(Arrival arrival, long message) {
        Verdict verdict = arrival.verdict();
        if (verdict.isAnswered()) {
            lanes.put(Queue.TURNS, arrival.conversation().id(), message, settings.debounce(arrival.inbound().channel()));
        } else if (verdict.equals(Verdict.waiting("pairing"))) {
            pairings.invite(arrival);
        }
    }
}
