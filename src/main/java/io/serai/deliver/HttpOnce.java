package io.serai.deliver;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.springframework.stereotype.Component;

/**
 * Lets {@code http:} and {@code https:} send once, and know whether it did.
 *
 * <p>By itself Apache's client sends what was turned away with 429 or 503 once more, waiting in the middle of the route for as long as a Retry-After says:
 * a try that nobody counts, and a worker that does nothing. And it uses a connection again that was idle for minutes. A server may close such a one at any
 * time (RFC 9112, 9.5); who writes into it at that moment does not know whether the request was read, and a person has to look into it.
 */
@Component
class HttpOnce implements CamelContextConfiguration {

    /** Shorter than servers wait: Node and Apache httpd close what is idle for 5 s, others later. */
    private static final TimeValue IDLE = TimeValue.ofSeconds(3);

    @Override
    public void beforeApplicationStart(CamelContext context) {
        for (String scheme : List.of("http", "https")) {
            context.getComponent(scheme, HttpComponent.class).setHttpClientConfigurer(HttpOnce::once);
        }
    }

    private static void once(HttpClientBuilder client) {
        client.disableAutomaticRetries().setKeepAliveStrategy(HttpOnce::mayIdle);
    }

    /** How long a connection may be idle and is still used again; less when the server says so. */
    static TimeValue mayIdle(HttpResponse response, HttpContext context) {
        TimeValue told = DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(response, context);
        return TimeValue.isPositive(told) && told.compareTo(IDLE) < 0 ? told : IDLE;
    }

    @Override
    public void afterApplicationStart(CamelContext context) {}
}
