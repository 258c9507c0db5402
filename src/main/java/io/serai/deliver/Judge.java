package io.serai.deliver;

import io.micrometer.core.instrument.MeterRegistry;
import io.serai.Masked;
import io.serai.channel.Accounts;
import io.serai.deliver.Sendings.Sending;
import io.serai.message.AccountRefused;
import io.serai.message.Later;
import io.serai.message.Parcel;
import io.serai.message.Refused;
import io.serai.work.LeaseLost;
import io.serai.work.RetryPlan;
import java.time.Clock;
import java.time.Duration;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Decides what becomes of a parcel whose sending failed: tried again later, sent another way, or given up. What it throws, the work obeys; when it
 * throws nothing, the parcel is on its next way.
 */
@Component("judge")
class Judge {

    /** What is told in seconds: less is nothing, or a time that is over by our clock. */
    private static final Duration SHORTEST_TOLD = Duration.ofSeconds(1);

    private final Sendings sendings;
    private final Fallback fallback;
    private final Accounts accounts;
    private final Pace pace;
    private final DeliverSettings settings;
    private final MeterRegistry meters;
    private final Clock clock;

    Judge(Sendings sendings, Fallback fallback, Accounts accounts, Pace pace, DeliverSettings settings, MeterRegistry meters,
            Clock clock) {
        this.sendings = sendings;
        this.fallback = fallback;
        this.accounts = accounts;
        this.pace = pace;
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * @throws Later when it is to be tried again
     * @throws Refused when it is given up
     */
    public Parcel judge(Parcel parcel, Throwable why) throws Throwable {
        if (why instanceof Held) {
            return parcel;
        }
        Sending sending = sendings.find(parcel).orElse(null);
        if (sending == null || why instanceof LeaseLost || !sending.begun() && hasToWait(why)) {
            throw why;
        }
        Verdict verdict = Verdict.of(why, clock.instant());
        boolean unknown = verdict.end() == Verdict.End.UNKNOWN && sending.begun();
        meters.counter("serai.not.sent", "channel", parcel.channel(), "end", (unknown ? verdict.end() : knownEnd(verdict)).word()).increment();
        Throwable told = Masked.of(why);
        if (isInDoubt(parcel, sending, verdict)) {
            return unknown(parcel, sending, new MayHaveArrived("an earlier try may have arrived, and no other is made: " + reason(told), told));
        }
        return unknown ? unknown(parcel, sending, told) : notSent(parcel, sending, verdict, told);
    }

    /** Nothing was tried. */
    private static boolean hasToWait(Throwable why) {
        return why instanceof DataAccessException || why instanceof TransactionException || why instanceof Later later && !later.counts();
    }

    /** An earlier try may have arrived, and its channel sends nothing twice: then it goes no other way either. */
    private static boolean isInDoubt(Parcel parcel, Sending sending, Verdict verdict) {
        boolean isGivenUp = verdict.end() == Verdict.End.REFUSED || verdict.end() == Verdict.End.ADDRESS_GONE;
        return isGivenUp && parcel.begun() && !sending.begun() && sending.policy() == Unknown.HOLD;
    }

    /** What never began to be sent was not sent. */
    private static Verdict.End knownEnd(Verdict verdict) {
        return verdict.end() == Verdict.End.UNKNOWN ? Verdict.End.NOT_SENT : verdict.end();
    }

    private Parcel unknown(Parcel parcel, Sending sending, Throwable why) {
        sendings.unknown(parcel, reason(why));
        meters.counter("serai.unknown", "channel", parcel.channel(), "policy", sending.policy().word()).increment();
        if (sending.policy() == Unknown.HOLD) {
            throw new MayHaveArrived(reason(why), why);
        }
        return again(parcel, sending, sending.attempts(), Verdict.UNKNOWN, why);
    }

    private Parcel notSent(Parcel parcel, Sending sending, Verdict verdict, Throwable why) {
        if (why instanceof MayHaveArrived held) {
            meters.counter("serai.unknown", "channel", parcel.channel(), "policy", Unknown.HOLD.word()).increment();
            throw held;
        }
        int tried = sending.attempts() + (sending.begun() ? 0 : 1) - (verdict.counts() ? 0 : 1);
        sendings.notSent(parcel, tried, reason(why));
        return switch (verdict.end()) {
            case ADDRESS_GONE -> {
                sendings.stop(parcel, reason(why));
                yield elsewhere(parcel, reason(why), why);
            }
            case REFUSED -> elsewhere(parcel, reason(why), why);
            case ACCOUNT_REFUSED -> throw paused(parcel, why);
            case NOT_SENT, UNKNOWN -> verdict.counts() || verdict.pause() == null
                    ? again(parcel, sending, tried, verdict, why)
                    : told(parcel, verdict, settings.plan(sending.retry()).after(1), why);
        };
    }

    /** By the plan of its channel. Who is told when to come back is not given up before the plan would have ended. */
    private Parcel again(Parcel parcel, Sending sending, int tried, Verdict verdict, Throwable why) {
        RetryPlan plan = settings.plan(sending.retry());
        boolean patient = verdict.pause() != null && sending.age().compareTo(plan.span()) < 0;
        if (tried >= plan.attempts() && !patient) {
            return elsewhere(parcel, "given up after %d attempts: %s".formatted(tried, reason(why)), why);
        }
        Duration planned = plan.after(Math.max(tried, 1));
        return verdict.pause() == null ? later(planned, why) : told(parcel, verdict, planned, why);
    }

    /**
     * Nothing else goes by this account either before the time that the far side named, unless it named it for this address alone. Who names no time,
     * but says "at once", is asked again as planned: as often as we can would be for hours.
     */
    private Parcel told(Parcel parcel, Verdict verdict, Duration planned, Throwable why) {
        if (verdict.forAll()) {
            pace.close(parcel, verdict.pause());
        }
        return later(verdict.pause().compareTo(SHORTEST_TOLD) < 0 ? planned : verdict.pause(), why);
    }

    private static Parcel later(Duration pause, Throwable why) {
        throw new Later(reason(why), pause, false, why);
    }

    private Later paused(Parcel parcel, Throwable why) {
        String channel = why instanceof AccountRefused refused ? refused.channel() : parcel.channel();
        String account = why instanceof AccountRefused refused ? refused.account() : parcel.to().account();
        accounts.pause(channel, account, reason(why));
        return new Later("our account is paused: " + reason(why), accounts.untilProbe(channel, account), false, null);
    }

    private Parcel elsewhere(Parcel parcel, String reason, Throwable why) {
        if (fallback.take(parcel, reason)) {
            return parcel;
        }
        throw new Refused(reason, why);
    }

    private static String reason(Throwable why) {
        for (Throwable cause = why; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null) {
                return cause.getMessage();
            }
        }
        return why.getClass().getSimpleName();
    }
}
