package io.serai.email;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * Lets a platform thread do what waits for a server within {@code synchronized}, as Angus does: before Java 24 (JEP 491) a virtual thread keeps its
 * carrier while it waits there, and there are as few carriers as processors.
 */
final class OwnThread {

    private OwnThread() {}

    /**
     * Comes back, or fails with the same, once the task has.
     *
     * @param cut makes the task end when its caller is interrupted, who stays so
     */
    static void run(String name, Runnable task, Runnable cut) {
        var over = CompletableFuture.runAsync(task, work -> Thread.ofPlatform().daemon().name(name).start(work));
        try {
            over.get();
        } catch (InterruptedException stop) {
            cut.run();
            Thread.currentThread().interrupt();
            end(over);
        } catch (ExecutionException failed) {
            end(over);
        }
    }

    /** Waits for it even where it is interrupted. */
    private static void end(CompletableFuture<Void> over) {
        try {
            over.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failed.getCause();
        }
    }
}
