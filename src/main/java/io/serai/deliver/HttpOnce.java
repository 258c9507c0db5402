package io.serai.deliver;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.springframework.stereotype.Component;

/**
 * Lets {@code http:} and {@code https:} send once. By itself Apache's client sends what was turned away with 429 or 503 once more, waiting in the middle of the
 * route for as long as a Retry-After says: a try that nobody counts, and a worker that does nothing.
 */
@Component
class HttpOnce implements CamelContextConfiguration {

    @Override
    public void beforeApplicationStart(CamelContext context) {
        for (String scheme : List.of("http", "https")) {
            context.getComponent(scheme, HttpComponent.class).setHttpClientConfigurer(HttpClientBuilder::disableAutomaticRetries);
        }
    }

    @Override
    public void afterApplicationStart(CamelContext context) {}
}
