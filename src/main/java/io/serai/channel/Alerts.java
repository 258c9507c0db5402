package io.serai.channel;

import io.serai.message.Alert;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Calls a person, by {@code routes/alerts.yaml}. */
@Component
public class Alerts {

    private static final Logger log = LoggerFactory.getLogger("serai.alert");

    private final ProducerTemplate routes;

    Alerts(ProducerTemplate routes) {
        this.routes = routes;
    }

    /** An alert that cannot be sent stands in the log at least; it never stops who raised it. */
    public void raise(String text) {
        try {
            routes.sendBody("direct:alerts", new Alert(text));
        } catch (CamelExecutionException unsent) {
            log.error("{} (routes/alerts.yaml failed with it)", text, unsent.getCause());
        }
    }
}
