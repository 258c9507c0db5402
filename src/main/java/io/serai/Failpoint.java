package io.serai;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A place on the way of a message where the proof kills the hub, as a power cut would: {@code -Dserai.failpoint=after-send:kill}, or
 * {@code after-send:kill:5} for the fifth time it is reached. Off unless it is set.
 */
public enum Failpoint {
    ACCEPT_BEFORE_COMMIT,
    ACCEPT_AFTER_COMMIT,
    CLAIM,
    AFTER_MODEL,
    BEFORE_SENDING,
    AFTER_SENDING,
    AFTER_SEND,
    AFTER_SENT,
    DEAD_LETTER,
    RELOAD_SWAP;

    /** As a process says it that was killed by signal 9. */
    public static final int KILLED = 137;

    private static final String[] ARMED = setting();
    private static final AtomicInteger LEFT = new AtomicInteger(ARMED.length > 2 ? Integer.parseInt(ARMED[2]) : 1);

    static {
        if (!ARMED[0].isEmpty() && (ARMED.length < 2 || !ARMED[1].equals("kill"))) {
            throw new IllegalArgumentException("serai.failpoint is <place>:kill or <place>:kill:<times>");
        }
    }

    private final boolean armed = setting()[0].equals(word());

    public void reached() {
        if (armed && LEFT.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(KILLED);
        }
    }

    /** Reached once the transaction around this has committed. */
    public void reachedAfterCommit() {
        if (armed) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    reached();
                }
            });
        }
    }

    private static String[] setting() {
        return System.getProperty("serai.failpoint", "").split(":");
    }

    /** The name in {@code serai.failpoint}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
