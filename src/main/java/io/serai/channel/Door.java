package io.serai.channel;

import io.serai.message.Receipt;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.springframework.stereotype.Component;

/** Where what comes in is handed to the route of its channel. What there is a receipt for is stored; everything else is thrown. */
@Component
public class Door {

    private final ProducerTemplate routes;

    public Door(ProducerTemplate routes) {
        this.routes = routes;
    }

    /**
     * Comes back once the message is committed.
     *
     * @param channel as in {@code routes/receive/<channel>.yaml}
     * @throws RuntimeException what the route failed with, or a {@link CamelExecutionException} around what is none
     */
    public Receipt receive(String channel, Object body) {
        String route = "direct:receive/" + channel;
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
