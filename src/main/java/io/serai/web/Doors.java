package io.serai.web;

import io.serai.channel.Door;
import io.serai.message.Receipt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/** The doors of the hub that open on the web. What a door returns a receipt for is stored; everything else is thrown. */
@Component
class Doors {

    /**
     * How many may be at a door at once. A crowd waits in order out here, where it holds nothing, and not at the connections of the
     * database, where it would keep the workers from theirs; a few at a time store as much a second as the database can.
     */
    private static final int AT_ONCE = 8;

    private static final int PATIENCE_SECONDS = 20;

    private final Door door;
    private final Semaphore room = new Semaphore(AT_ONCE, true);

    Doors(Door door) {
        this.door = door;
    }

    /**
     * Hands a body to {@code routes/receive/<channel>.yaml} and comes back once the message is committed.
     *
     * @throws Unavailable when nothing could be stored, as when the database is away; the caller may come again with the same message
     */
    Receipt receive(String channel, Object body) {
        enter();
        try {
            return Unavailable.unlessAway(() -> door.receive(channel, body));
        } finally {
            room.release();
        }
    }

    private void enter() {
        try {
            if (!room.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new Unavailable(new TimeoutException("too many are at the doors"));
            }
        } catch (InterruptedException shutdown) {
            Thread.currentThread().interrupt();
            throw new Unavailable(shutdown);
        }
    }
}
