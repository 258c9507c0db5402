package io.serai.web;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What one client hears, in its order. Telling it something never blocks who tells it. */
class Dictation implements AutoCloseable {

    private final Consumer<Dictation> leaving;
    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();

    Dictation(Consumer<Dictation> leaving) {
        this.leaving = leaving;
    }

    void tell(Heard something) {
        heard.add(something);
    }

    /** The next that is about a message, or silence after a while, however much is heard of others meanwhile. */
    Heard next(long messageId, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            Heard next = heard.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                return new Heard.Silence();
            }
            if (next.concerns(messageId)) {
                return next;
            }
        }
    }

    @Override
    public void close() {
        leaving.accept(this);
    }
}
