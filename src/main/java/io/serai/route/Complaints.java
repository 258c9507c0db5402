package io.serai.route;

import io.serai.Masked;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.LoggingExceptionHandler;
import org.apache.camel.support.RoutePolicySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * Tells once that a route fails for which nobody waits, such as a timer or a poll, and once that it works again.
 *
 * <p>Camel logs each failure anew, of a timer with its whole trace, and the addresses in it with their tokens.
 */
final class Complaints implements RoutePolicyFactory {

    private static final Logger log = LoggerFactory.getLogger(Complaints.class);
    private static final int LONGEST = 300;

    /** Whoever calls these is told, and the work decides what becomes of it. */
    private static final List<String> AWAITED = List.of("direct:", "work:", "kamelet:");

    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
        String from = ((RouteDefinition) route).getInput().getEndpointUri();
        boolean isAwaited = AWAITED.stream().anyMatch(from::startsWith);
        return isAwaited ? null : new Complaint(routeId);
    }

    /** Of one route. */
    private static final class Complaint extends RoutePolicySupport implements ExceptionHandler {

        private final String route;
        private String told;

        Complaint(String route) {
            this.route = route;
        }

        @Override
        public void onStart(Route started) {
            if (started.getConsumer() instanceof DefaultConsumer consumer && consumer.getExceptionHandler() instanceof LoggingExceptionHandler) {
                consumer.setExceptionHandler(this);
            }
        }

        @Override
        public void onExchangeDone(Route done, Exchange exchange) {
            if (exchange.getException() == null) {
                praise();
            } else {
                handleException(exchange.getException());
            }
        }

        @Override
        public void handleException(String message, Exchange exchange, Throwable failure) {
            handleException(failure);
        }

        @Override
        public void handleException(String message, Throwable failure) {
            handleException(failure);
        }

        @Override
        public synchronized void handleException(Throwable failure) {
            Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
            String why = cause.getClass().getSimpleName() + ": " + Masked.mask(String.valueOf(cause.getMessage())).lines().findFirst().orElse("");
            if (!why.equals(told)) {
                log.warn("The route {} fails and goes on trying: {}", route, why.substring(0, Math.min(LONGEST, why.length())));
            }
            told = why;
            log.debug("The route {} fails", route, Masked.of(failure));
        }

        private synchronized void praise() {
            if (told != null) {
                log.info("The route {} works again", route);
            }
            told = null;
        }
    }
}
