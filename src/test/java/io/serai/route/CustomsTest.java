package io.serai.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No hostile header comes through a door, whatever the route does before it wipes. */
class CustomsTest {

    private static final String KAMELET = """
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata:
              name: far
            spec:
              definition:
                title: Of a scene
              template:
                from:
                  uri: kamelet:source
                  steps:
                    - to: http:far.example
            """;

    private final DefaultCamelContext context = new DefaultCamelContext();

    @AfterEach
    void close() throws Exception {
        context.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        """
        - removeHeaders: {pattern: "*"}
        - to: {uri: direct:listen}
        """,
        """
        - doTry:
            steps:
              - removeHeaders: {pattern: "*"}
              - to: {uri: http:far.example}
            doCatch:
              - exception: [java.io.IOException]
                steps:
                  - removeHeaders: {pattern: "*"}
                  - to: {uri: direct:other}
        """,
        """
        - removeHeaders: {pattern: "*"}
        - to: {uri: http:far.example}
        - unmarshal: {json: {}}
        - split:
            tokenize: ","
            steps:
              - removeHeaders: {pattern: "*"}
              - bean: {ref: read}
        """,
        """
        - choice:
            when:
              - simple: "${body} == 'a'"
                steps: [{removeHeaders: {pattern: "*"}}]
            otherwise:
              steps: [{removeHeaders: {pattern: "*"}}]
        - bean: {ref: read}
        """
    })
    void letsADoorOpenThatWipes(String steps) {
        assertThatCode(() -> inspect("receive/some", steps)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        """
        - to: {uri: direct:listen}
        """,
        """
        - bean: {ref: read}
        - removeHeaders: {pattern: "*"}
        """,
        """
        - removeHeaders: {pattern: "Camel*"}
        - to: {uri: direct:listen}
        """,
        """
        - removeHeaders: {pattern: "*", excludePattern: "CamelHttp*"}
        - to: {uri: direct:listen}
        """,
        """
        - removeHeader: {name: CamelHttpUri}
        - toD: {uri: "http:${body}"}
        """,
        """
        - filter:
            simple: "${body} == 'a'"
            steps: [{removeHeaders: {pattern: "*"}}]
        - to: {uri: direct:listen}
        """,
        """
        - choice:
            when:
              - simple: "${body} == 'a'"
                steps: [{removeHeaders: {pattern: "*"}}]
        - to: {uri: direct:listen}
        """,
        """
        - removeHeaders: {pattern: "*"}
        - to: {uri: http:far.example}
        - to: {uri: http:other.example}
        """,
        """
        - removeHeaders: {pattern: "*"}
        - doTry:
            steps: [{to: {uri: http:far.example}}]
            doCatch:
              - exception: [java.io.IOException]
                steps: [{to: {uri: direct:other}}]
        """
    })
    void refusesADoorThatLetsOneThroughAndNamesIt(String steps) {
        assertThatThrownBy(() -> inspect("deliver/some", steps))
                .isInstanceOf(RoutesUnusable.class)
                .hasMessageContaining("routes/deliver/some.yaml")
                .hasMessageContaining("hostile headers")
                .hasMessageContaining("line ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"- to: {uri: http:far.example}", "- to: {uri: 'direct:further?timeout=5'}", "- toD: {uri: 'direct:${body}'}", "- to: {uri: kamelet:far}"})
    void refusesADoorThatAsksAFarSideByOneOfOurs(String call) throws Exception {
        load("routes/further.yaml", route("further", "- to: {uri: http:far.example}\n"));
        load("processors/far.kamelet.yaml", KAMELET);
        load("routes/lookup.yaml", route("lookup", call + "\n- to: {uri: direct:lookup}\n"));
        String door = "- removeHeaders: {pattern: '*'}\n- to: {uri: direct:lookup}\n%s- bean: {ref: read}\n";
        assertThatThrownBy(() -> inspect("receive/some", door.formatted(""))).isInstanceOf(RoutesUnusable.class).hasMessageContaining("'bean[ref:read")
                .hasMessageContaining("of route receive/some");
        context.removeRouteDefinitions(context.getRouteDefinitions().stream().filter(route -> route.getRouteId().equals("receive/some")).toList());
        assertThatCode(() -> inspect("receive/some", door.formatted("- removeHeaders: {pattern: '*'}\n"))).doesNotThrowAnyException();
    }

    @Test
    void refusesADoorWhoseNextRoundGetsTheAnswerOfTheLast() {
        String round = "- removeHeaders: {pattern: '*'}\n- loop:\n    constant: '2'\n    steps: [{bean: {ref: read}}, {to: {uri: http:far.example}}]\n";
        assertThatThrownBy(() -> inspect("receive/some", round)).isInstanceOf(RoutesUnusable.class).hasMessageContaining("'bean[ref:read");
    }

    @Test
    void letsADoorOpenThatWipesInEachRound() {
        String round = "- removeHeaders: {pattern: '*'}\n- loop:\n    constant: '2'\n    steps: [{bean: {ref: read}}, {to: {uri: http:far.example}}, {removeHeaders: {pattern: '*'}}]\n";
        assertThatCode(() -> inspect("receive/some", round)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"routes/shop.yaml, shop, direct:receive/shop", "routes/receive/shop.yaml, shop, timer:shop", "routes/deliver/shop.yaml, part, direct:deliver/shop"})
    void knowsADoorWhateverItsRouteIsCalled(String file, String id, String start) throws Exception {
        load(file, route(id, "- to: {uri: direct:listen}\n").replace("direct:" + id, start));
        assertThatThrownBy(() -> Customs.inspect(context, context.getRouteDefinitions())).isInstanceOf(RoutesUnusable.class).hasMessageContaining(file);
    }

    @Test
    void leavesTheHelperOfADoorToItsCallers() throws Exception {
        load("routes/receive/shop.yaml", route("part", "- to: {uri: direct:listen}\n"));
        assertThatCode(() -> Customs.inspect(context, context.getRouteDefinitions())).doesNotThrowAnyException();
    }

    @Test
    void looksAtDoorsOnly() {
        assertThatCode(() -> inspect("enrich", "- to: {uri: direct:other}\n")).doesNotThrowAnyException();
    }

    private void inspect(String id, String steps) throws Exception {
        Customs.inspect(context, routes(id, steps));
    }

    private List<RouteDefinition> routes(String id, String steps) throws Exception {
        load("routes/" + id + ".yaml", route(id, steps));
        return context.getRouteDefinitions();
    }

    private static String route(String id, String steps) {
        return """
                - route:
                    id: %s
                    from:
                      uri: direct:%s
                      steps:
                """.formatted(id, id) + steps.indent(8);
    }

    private void load(String file, String text) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString(file, text));
    }
}
