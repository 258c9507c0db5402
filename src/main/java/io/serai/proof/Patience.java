package io.serai.proof;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for what another process does. */
final class Patience {

    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(100);

    private Patience() {}

    /** Whether it came true in time. */
    static boolean wait(Duration atMost, BooleanSupplier condition) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(STEP);
        }
        return true;
    }
}
