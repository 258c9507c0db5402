package io.serai.work;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes one sleeper at the earliest of the times it was set to. */
final class Alarm {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition earlier = lock.newCondition();
    private long at = Long.MAX_VALUE;

    /** Wakes the sleeper after this time, unless it is woken before. */
    void set(Duration delay) {
        lock.lock();
        try {
            at = Math.min(at, System.nanoTime() + delay.toNanos());
            earlier.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Sleeps until the alarm goes, or for the given time; the alarm is then off. */
    void sleep(Duration atMost) {
        lock.lock();
        try {
            long until = System.nanoTime() + atMost.toNanos();
            for (long left = left(until); left > 0; left = left(until)) {
                earlier.awaitNanos(left);
            }
            at = Long.MAX_VALUE;
        } catch (InterruptedException woken) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private long left(long until) {
        return Math.min(at, until) - System.nanoTime();
    }
}
