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
import org.junit.jupiter.params.provider.ValueSource;

/** No hostile header comes through a door, whatever the route does before it wipes. */
class CustomsTest {

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

    @Test
    void looksAtDoorsOnly() {
        assertThatCode(() -> inspect("enrich", "- to: {uri: direct:other}\n")).doesNotThrowAnyException();
    }

    private void inspect(String id, String steps) throws Exception {
        Customs.inspect(context, routes(id, steps));
    }

    private List<RouteDefinition> routes(String id, String steps) throws Exception {
        String yaml = """
                - route:
                    id: %s
                    from:
                      uri: direct:%s
                      steps:
                """.formatted(id, id) + steps.indent(8);
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("routes/" + id + ".yaml", yaml));
        return context.getRouteDefinitions();
    }
}
