package io.serai.web;

import io.serai.message.Receipt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
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

    private final ProducerTemplate routes;
    private final Semaphore room = new Semaphore(AT_ONCE, true);

    Doors(ProducerTemplate routes) {
        this.routes = routes;
    }

    /**
     * Hands a body to {@code routes/receive/<door>.yaml} and comes back once the message is committed.
     *
     * @throws Unavailable when nothing could be stored, as when the database is away; the caller may come again with the same message
     */
    Receipt receive(String door, Object body) {
        enter();
        try {
            return Unavailable.unlessAway(() -> ask("direct:receive/" + door, body));
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

    private Receipt ask(String route, Object body) {
        try {
            Receipt receipt = routes.requestBody(route, body, Receipt.class);
            if (receipt == null) {
                throw new IllegalStateException(route + " ended without a receipt: nothing was stored");
            }
            return receipt;
        } catch (CamelExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }
}
