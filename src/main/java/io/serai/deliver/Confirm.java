package io.serai.deliver;

import io.micrometer.core.instrument.MeterRegistry;
import io.serai.Failpoint;
import io.serai.channel.Accounts;
import io.serai.database.Volley;
import io.serai.message.Parcel;
import io.serai.work.Leases;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Notes that a parcel has arrived and lets the next one of its conversation go. */
@Component("confirm")
class Confirm {

    private static final int LONGEST_ID = 500;

    private final Sendings sendings;
    private final Leases leases;
    private final Accounts accounts;
    private final MeterRegistry meters;

    Confirm(Sendings sendings, Leases leases, Accounts accounts, MeterRegistry meters) {
        this.sendings = sendings;
        this.leases = leases;
        this.accounts = accounts;
        this.meters = meters;
    }

    /** @param receipt what the route of the channel ended with: the far side's id of what was sent, when it is a short text or a number */
    @Transactional
    public Parcel confirm(Parcel parcel, Object receipt) {
        Failpoint.AFTER_SEND.reached();
        Failpoint.AFTER_SENT.reachedAfterCommit();
        if (!leases.isFinished(parcel.lease())) {
            sendings.arrived(new Volley(), parcel, id(receipt));
        }
        accounts.worked(parcel.channel(), parcel.to().account());
        meters.counter("serai.sent", "channel", parcel.channel()).increment();
        return parcel;
    }

    private static String id(Object receipt) {
        boolean told = receipt instanceof Number || receipt instanceof String text && !text.isBlank() && text.length() <= LONGEST_ID;
        return told ? receipt.toString().strip() : null;
    }
}
