package io.serai.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.Home;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in a route as the parameter of a Kamelet reaches its stage as it is written. */
class HandedTextTest {

    private static final FileSet HOUSE = new Folder(new Home(".")).read();

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Stages stages = new Stages();

    @AfterEach
    void close() throws Exception {
        context.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Their customer's orders", "'all of it'", "\"all of it\"", "it's \"so\"", "a, b (c", "c) :-)", "C:\\orders", "50% = 1 + 1 ?", "#1",
            "a 1st.class ticket", "null", "true", "*", "7", "{/text}", "Zoë's größte"})
    void reachesTheStage(String text) throws Exception {
        assertThat(handed("fill", "json: " + quoted(text))).containsExactly(text);
        assertThat(handed("consult", "layer: x\nurl: http://far.example\nbudget: 7\nheading: " + quoted(text))).containsExactly("x", text, "7");
        assertThat(handed("take", "name: x\ndescription: " + quoted(text) + "\nchoices: " + quoted(text))).containsExactly("x", "string", "false", text, "500");
        assertThat(handed("interpret", Stream.of("handle", "author", "text", "conversation", "context", "id").map(name -> name + ": " + quoted(text))
                .collect(Collectors.joining("\n"))))
                .containsExactly("webhook", "", text, text, text, text, text, text);
    }

    @Test
    void reachesTheStageWholeWhenItIsKeptAsItIs() throws Exception {
        assertThat(handed("fill", "json: RAW(Ann's & Ben's)")).containsExactly("Ann's & Ben's");
    }

    @Test
    void hasALineEndWhereItSaysSo() throws Exception {
        assertThat(handed("interpret", "text: " + quoted("{/title}\\n{/message}"))).containsExactly("webhook", "", "/contact|/user|/from", "/name", "{/title}\n{/message}", "", "", "/id");
    }

    private List<String> handed(String kamelet, String parameters) throws Exception {
        for (String stage : List.of("fill", "consult", "inquire", "take", "interpret")) {
            context.getRegistry().bind(stage, stages);
        }
        String file = "processors/" + kamelet + ".kamelet.yaml";
        load(file, HOUSE.texts().get(file));
        load("routes/" + kamelet + ".yaml", """
                - route:
                    id: %s
                    from:
                      uri: direct:%1$s
                      steps:
                        - to:
                            uri: kamelet:%1$s
                            parameters:
                """.formatted(kamelet) + parameters.indent(14));
        context.start();
        stages.handed.clear();
        context.createProducerTemplate().requestBody("direct:" + kamelet, "x");
        return stages.handed;
    }

    private void load(String file, String text) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString(file, text));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** Stages that only note what they are handed. */
    public static final class Stages {

        private final List<String> handed = new ArrayList<>();

        public String fill(Object body, String json) {
            return note(json);
        }

        public String inquire(Object body, String url, int timeout) {
            return "[]";
        }

        public String consult(Object prompt, String answer, String layer, String heading, int budget) {
            return note(layer, heading, String.valueOf(budget));
        }

        public String take(Object call, String name, String type, boolean optional, String choices, int longest) {
            return note(name, type, String.valueOf(optional), choices, String.valueOf(longest));
        }

        public String interpret(Object sent, String channel, String account, String handle, String author, String text, String conversation, String context,
                String id) {
            return note(channel, account, handle, author, text, conversation, context, id);
        }

        private String note(String... texts) {
            handed.addAll(List.of(texts));
            return "x";
        }
    }
}
