package io.serai.web;

import io.serai.message.Receipt;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.springframework.stereotype.Component;

/** The doors of the hub that open on the web. What a door returns a receipt for is stored; everything else is thrown. */
@Component
class Doors {

    private final ProducerTemplate routes;

    Doors(ProducerTemplate routes) {
        this.routes = routes;
    }

    /**
     * Hands a body to {@code routes/receive/<door>.yaml} and comes back once the message is committed.
     *
     * @throws Unavailable when nothing could be stored because the database is away; the caller may come again with the same message
     */
    Receipt receive(String door, Object body) {
        return Unavailable.unlessAway(() -> ask("direct:receive/" + door, body));
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
