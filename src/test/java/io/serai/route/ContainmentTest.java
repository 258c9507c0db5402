package io.serai.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.town.Town;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.InflightRepository;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A step that fails with an Error, wherever it stands. */
@Tag("database")
@ResourceLock(Town.SHARED)
class ContainmentTest {

    private final Town town = Town.shared();
    private final String id = "scene-" + UUID.randomUUID();

    private record Place(String name, Consumer<RouteDefinition> step) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Place> places() {
        Predicate predicate = exchange -> {
            throw new StackOverflowError();
        };
        Expression expression = new Expression() {
            @Override
            public <T> T evaluate(Exchange exchange, Class<T> type) {
                throw new NoClassDefFoundError("io/serai/Gone");
            }
        };
        return Stream.of(
                new Place("a processor", route -> route.process(exchange -> {
                    throw new AssertionError("no");
                })),
                new Place("an expression", route -> route.setBody(expression)),
                new Place("a choice", route -> route.choice().when(predicate).log("never").end()),
                new Place("within a choice", route -> route.choice().when(exchange -> true).setBody(expression).end()),
                new Place("a filter", route -> route.filter(predicate).log("never").end()),
                new Place("within a loop", route -> route.loop(2).setBody(expression).end()),
                new Place("within a split", route -> route.split().body().setBody(expression).end()),
                new Place("within a try", route -> route.doTry().setBody(expression).doFinally().log("after").end()));
    }

    @ParameterizedTest
    @MethodSource("places")
    void leavesNothingUnderWay(Place place) throws Exception {
        CamelContext camel = town.bean(CamelContext.class);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                place.step().accept(from("direct:" + id).routeId(id));
                from("direct:outer-" + id).routeId("outer-" + id).to("direct:" + id).log("never");
            }
        });
        try {
            Exchange told = town.bean(ProducerTemplate.class).send("direct:outer-" + id, exchange -> exchange.getMessage().setBody("x"));
            assertThat(told.getException()).hasRootCauseInstanceOf(Error.class);
            InflightRepository underWay = camel.getInflightRepository();
            assertThat(underWay.size(id) + underWay.size("outer-" + id)).as("exchanges in these routes").isZero();
            assertThat(underWay.browse()).noneMatch(left -> left.getExchange().getExchangeId().equals(told.getExchangeId()));
        } finally {
            for (String route : new String[] {"outer-" + id, id}) {
                camel.getRouteController().stopRoute(route, 1, TimeUnit.SECONDS);
                camel.removeRoute(route);
            }
        }
    }
}
