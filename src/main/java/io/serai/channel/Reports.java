package io.serai.channel;

import io.serai.message.Report;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.springframework.stereotype.Component;

/** Tells an admin, by {@code routes/reports.yaml}. */
@Component
public class Reports {

    private final ProducerTemplate routes;

    Reports(ProducerTemplate routes) {
        this.routes = routes;
    }

    /** @throws CamelExecutionException when the route could not tell it: whoever reports does it again later */
    public void send(String text) {
        routes.sendBody("direct:reports", new Report(text));
    }
}
