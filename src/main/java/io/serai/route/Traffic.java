package io.serai.route;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;

/** Counts what passes each route, each version of it by itself: Camel counts by name, and two versions share theirs while the old one is left. */
final class Traffic implements RoutePolicyFactory {

    private final Clock clock;
    private final Map<Route, Count> counts = new ConcurrentHashMap<>();

    Traffic(Clock clock) {
        this.clock = clock;
    }

    /** @param at when it went wrong the last time */
    record Failure(Instant at, String why) {}

    /** What has passed one version of a route. */
    static final class Count {
        private final AtomicInteger inFlight = new AtomicInteger();
        private final LongAdder total = new LongAdder();
        private final LongAdder failed = new LongAdder();
        private volatile Failure last;

        int inFlight() {
            return inFlight.get();
        }

        long total() {
            return total.sum();
        }

        long failed() {
            return failed.sum();
        }

        Failure last() {
            return last;
        }
    }

    Count of(Route route) {
        return counts.computeIfAbsent(route, none -> new Count());
    }

    void forget(Route route) {
        counts.remove(route);
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode definition) {
        return new RoutePolicySupport() {
            @Override
            public void onExchangeBegin(Route route, Exchange exchange) {
                of(route).inFlight.incrementAndGet();
            }

            @Override
            public void onExchangeDone(Route route, Exchange exchange) {
                Count count = of(route);
                count.inFlight.decrementAndGet();
                count.total.increment();
                if (exchange.getException() != null) {
                    count.failed.increment();
                    count.last = new Failure(clock.instant(), exchange.getException().getClass().getSimpleName());
                }
            }
        };
    }
}
