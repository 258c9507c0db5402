package io.serai.deliver;

import io.micrometer.core.instrument.MeterRegistry;
import io.serai.Failpoint;
import io.serai.channel.Accounts;
import io.serai.database.Absence;
import io.serai.database.Volley;
import io.serai.message.Parcel;
import io.serai.work.Leases;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Notes that a parcel has arrived and lets the next one of its conversation go. What is known now cannot be found out later: so this waits longer
 * than other work for a database that is busy or away.
 */
@Component("confirm")
class Confirm {

    private static final Logger log = LoggerFactory.getLogger(Confirm.class);
    private static final int LONGEST_ID = 500;

    /** Nobody sends it again meanwhile, even when the lease ends: who has the lane then finds that it may have arrived. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(200);

    private final Sendings sendings;
    private final Leases leases;
    private final Accounts accounts;
    private final MeterRegistry meters;
    private final TransactionTemplate transaction;

    Confirm(Sendings sendings, Leases leases, Accounts accounts, MeterRegistry meters, PlatformTransactionManager transactions) {
        this.sendings = sendings;
        this.leases = leases;
        this.accounts = accounts;
        this.meters = meters;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** @param receipt what the route of the channel ended with: the far side's id of what was sent, when it is a short text or a number */
    public Parcel confirm(Parcel parcel, Object receipt) {
        Failpoint.AFTER_SEND.reached();
        for (long end = System.nanoTime() + PATIENCE.toNanos(); !isWritten(parcel, receipt, end);) {
            LockSupport.parkNanos(PAUSE);
        }
        meters.counter("serai.sent", "channel", parcel.channel()).increment();
        worked(parcel);
        return parcel;
    }

    /** Behind the commit: what goes wrong here says nothing about what has arrived. */
    private void worked(Parcel parcel) {
        try {
            accounts.worked(parcel.channel(), parcel.to().account());
        } catch (DataAccessException | TransactionException failed) {
            log.warn("The account {} of {} goes on with the next parcel that finds out: {}", parcel.to().account(), parcel.channel(), failed.getMessage());
        }
    }

    private boolean isWritten(Parcel parcel, Object receipt, long end) {
        try {
            transaction.executeWithoutResult(begun -> write(parcel, receipt));
            return true;
        } catch (DataAccessException | TransactionException failed) {
            if (!Absence.isBehind(failed) || System.nanoTime() > end) {
                throw failed;
            }
            return false;
        }
    }

    private void write(Parcel parcel, Object receipt) {
        Failpoint.AFTER_SENT.reachedAfterCommit();
        if (!leases.isFinished(parcel.lease())) {
            sendings.arrived(new Volley(), parcel, id(receipt));
        }
    }

    private static String id(Object receipt) {
        boolean told = receipt instanceof Number || receipt instanceof String text && !text.isBlank() && text.length() <= LONGEST_ID;
        return told ? receipt.toString().strip() : null;
    }
}
