package io.serai.deliver;

import io.serai.Failpoint;
import io.serai.dialect.Dialects;
import io.serai.message.Later;
import io.serai.message.NotSent;
import io.serai.message.Parcel;
import io.serai.work.Leases;
import io.serai.work.RetryPlan;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes down that the sending of a parcel begins, before a byte of it leaves: who finds it so after a crash knows that nobody knows whether it
 * arrived. A long text is cut into its parts here, the first time.
 */
@Component("dispatch")
class Dispatch {

    private static final Duration READ_AGAIN = Duration.ofSeconds(1);

    private final Leases leases;
    private final Outbox outbox;
    private final Sendings sendings;
    private final Pace pace;

    Dispatch(Leases leases, Outbox outbox, Sendings sendings, Pace pace) {
        this.leases = leases;
        this.outbox = outbox;
        this.sendings = sendings;
        this.pace = pace;
    }

    /**
     * @param unknown {@code hold} or {@code resend}: what becomes of a parcel of which nobody knows whether it arrived
     * @param dialect the measure for the limit
     * @param limit units of the dialect; 0 for none
     * @param perAddress how many an address may be sent in a time, as {@code 1/1s,20/1m}; empty for any number
     * @param perAccount the same for the account it goes by
     * @param retry the channel's retry plan, or empty for that of the hub
     * @throws io.serai.message.Later when it is not its turn yet
     * @throws MayHaveArrived when an earlier attempt ended unknown and the channel does not send twice
     * @throws io.serai.work.LeaseLost when somebody else has the parcel by now
     */
    @Transactional
    public Parcel dispatch(Parcel parcel, String unknown, String dialect, int limit, String perAddress, String perAccount, String retry) {
        Failpoint.BEFORE_SENDING.reached();
        Failpoint.AFTER_SENDING.reachedAfterCommit();
        Unknown policy = Unknown.of(unknown);
        if (parcel.begun() && policy == Unknown.HOLD) {
            throw new MayHaveArrived("the hub stopped while it was being sent", null);
        }
        pace.keep(parcel, Rate.of(perAddress), Rate.of(perAccount));
        List<String> parts = limit == 0 ? List.of(parcel.text()) : Dialects.of(dialect).parts(parcel.text(), limit);
        Parcel next = parts.size() < 2 ? parcel : outbox.split(parcel, parts);
        if (!sendings.begin(next, policy, plan(retry))) {
            leases.require(parcel.lease());
            if (sendings.isBegun(parcel)) {
                throw new Later("another hub began to send parcel %d at this moment".formatted(parcel.id()), READ_AGAIN, false, null);
            }
            throw new NotSent("parcel %d is no longer there".formatted(parcel.id()), null);
        }
        return next;
    }

    /** A plan that cannot be read is found before anything is sent by it. */
    private static String plan(String retry) {
        if (retry.isBlank()) {
            return null;
        }
        RetryPlan.of(retry);
        return retry;
    }
}
