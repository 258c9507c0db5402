package io.serai.database;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What must be told of only when it is true for good: counts, lines of the log. */
public final class Committed {

    private Committed() {}

    /**
     * Does this once the current transaction has committed, and never when it rolls back.
     *
     * @param telling must be quick and must not throw
     * @throws IllegalStateException when there is no transaction
     */
    public static void then(Runnable telling) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                telling.run();
            }
        });
    }
}
