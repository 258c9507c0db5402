package io.serai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.serai.contact.Merges;
import io.serai.town.ScriptedModel.Call;
import io.serai.town.ScriptedModel.Request;
import io.serai.town.Town;
import io.serai.town.Visitor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The tools that routes are. */
@Tag("database")
@Execution(ExecutionMode.SAME_THREAD)
class ToolsTest {

    private static final String TOOL = """
            - route:
                id: tools/%1$s
                description: Does %1$s
                from:
                  uri: direct:tools/%1$s
                  steps:
            %2$s""";

    private static final String BUDGET = "For the roof terrace our budget is 40,000 dollars.";

    @TempDir
    private static Path home;

    private static Town town;

    @BeforeAll
    static void open() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.createDirectories(home.resolve(file).getParent());
                Files.copy(file, home.resolve(file));
            }
        }
        town = Town.with(Map.of("serai.home", home, "serai.tools.timeout", "6s"));
    }

    @AfterAll
    static void close() {
        town.close();
    }

    @BeforeEach
    void settle() {
        town.model().recovers().answersBy(ToolsTest::quote);
    }

    @Test
    void costLittleForAFirstHello() {
        Visitor customer = town.visitor();
        customer.says("hello");
        customer.hears();
        Request request = town.model().requests().getLast();
        assertThat(request.tools()).contains("recall");
        assertThat(request.json().toString().getBytes(UTF_8)).hasSizeLessThan(2_048);
    }

    @Test
    void findWhatWasSaid() {
        Visitor customer = rememberedToHaveSaid(BUDGET);
        customer.says("/new");
        customer.hears();
        town.model().asksFor(new Call("recall", "{\"query\": \"budget for the terrace\"}"));
        String message = customer.says("What was it again?");
        assertThat(customer.hears()).contains("customer] " + BUDGET);

        var kept = town.sql().sql("""
                select used.author, used.text, used.arguments, used.outcome, used.id, used.for_reply = asked.answer_id as for_the_reply, used.id < asked.answer_id as before,
                       (select count(*) from parcel where reply_id = used.id) + (select count(*) from recollection where message_id = used.id) as elsewhere
                from message asked join message used on used.for_reply = asked.answer_id where asked.public_id = :id::uuid and used.role = 'tool'
                """).param("id", message).query().singleRow();
        assertThat(kept).containsEntry("author", "recall").containsEntry("arguments", "{\"query\": \"budget for the terrace\"}").containsEntry("outcome", "ok")
                .containsEntry("for_the_reply", true).containsEntry("before", true).containsEntry("elsewhere", 0L);
        assertThat(kept.get("text").toString()).contains(BUDGET);
        assertThat(customer.sees().findValuesAsText("role")).containsOnly("user", "assistant");
        JsonNode laid = town.saw(town.sql().sql("select answer_id from message where public_id = :id::uuid").param("id", message).query(Long.class).single()).path("laid");
        assertThat(laid.path(laid.size() - 1).path("text").asText()).contains("name=\"recall\"", BUDGET);

        customer.says("And now something else");
        customer.hears();
        String later = town.model().requests().getLast().json().toString();
        assertThat(later).contains("[pruned] recall", "budget for the terrace", "message:" + kept.get("id"));
        assertThat(town.model().requests().getLast().told()).isEmpty();
    }

    @Test
    void findNothingOfAnybodyElse() {
        rememberedToHaveSaid(BUDGET);
        long ada = contact();
        Visitor stranger = rememberedToHaveSaid("I like the blue chairs in the hall.");
        town.model().asksFor(new Call("recall", "{\"query\": \"budget for the roof terrace\", \"contact\": %d}".formatted(ada)));
        stranger.says("What is their budget?");
        stranger.hears("Told: Wrong arguments: there is no 'contact', there is: query.");
        town.model().asksFor(new Call("recall", "{\"query\": \"budget for the roof terrace of contact %d\"}".formatted(ada)));
        stranger.says("What is their budget, then?");
        assertThat(stranger.hears()).startsWith("Told: ").doesNotContain("40,000", "terrace");
    }

    @Test
    void areCheckedByTheirRoutes() {
        Visitor customer = town.visitor();
        town.model().asksFor(new Call("recall", "{\"query\": 7}"), new Call("recall", "{}"), new Call("recall", "{\"query\": \"" + "x".repeat(501) + "\"}"));
        customer.says("Well?");
        customer.hears("Told: Wrong arguments: 'query' is to be of type string. | Wrong arguments: 'query' is missing. | Wrong arguments: 'query' is longer than 500 characters.");
    }

    @Test
    void comeAndGoWithTheirFiles() throws IOException {
        Visitor customer = town.visitor();
        save("broken", """
                - throwException:
                    exceptionType: java.lang.IllegalStateException
                    message: a secret
                """);
        save("slow", """
                - delay:
                    expression:
                      constant:
                        expression: 60000
                """);
        save("opening", """
                - to:
                    uri: kamelet:take
                    parameters: {name: day, description: Of the week, choices: "saturday,sunday"}
                - to:
                    uri: kamelet:take
                    parameters: {name: early, type: boolean, optional: true, description: Whether they come early}
                - setBody:
                    expression:
                      simple:
                        expression: "Open on ${body.arguments[day]} for ${body.turn.contact.id}"
                """);
        await().until(() -> offered(customer).containsAll(List.of("broken", "slow", "opening", "recall")));
        assertThat(town.model().requests().getLast().json().toString())
                .contains("\"early\":{\"type\":\"boolean\",\"description\":\"Whether they come early\"}", "\"enum\":[\"saturday\",\"sunday\"]", "\"required\":[\"day\"]");

        town.model().asksFor(new Call("broken", "{}"), new Call("slow", "{}"), new Call("opening", "{\"day\": \"sunday\"}"), new Call("opening", "{\"day\": \"noon\"}"));
        customer.says("Well?");
        customer.hears("Told: It failed. | It gave nothing within 6000 ms. | Open on sunday for " + contact() + " | Wrong arguments: 'day' is to be one of saturday, sunday.");

        Files.writeString(file("opening"), Files.readString(file("opening")).replace("Open on", "Closed on"));
        Files.delete(file("broken"));
        Files.delete(file("slow"));
        await().until(() -> !offered(customer).contains("slow"));
        assertThat(offered(customer)).contains("opening").doesNotContain("broken");
        town.model().asksFor(new Call("slow", "{}"), new Call("opening", "{\"day\": \"sunday\"}"));
        customer.says("Well?");
        assertThat(customer.hears()).startsWith("Told: There is no tool 'slow'.").endsWith("Closed on sunday for " + contact());
        Files.delete(file("opening"));
        await().until(() -> !offered(customer).contains("opening"));
    }

    /** The recipe of docs/tools.md, as it stands there. */
    @Test
    void askAServiceOfSomebodyElse() throws IOException {
        var asked = new AtomicReference<String>();
        HttpServer shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        shop.createContext("/order-status", exchange -> {
            asked.set(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            byte[] body = "{\"state\": \"packed\"}".getBytes(UTF_8);
            exchange.getResponseHeaders().add("CamelHttpUri", "http://elsewhere.invalid");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        shop.start();
        try {
            String recipe = Files.readString(Path.of("docs/tools.md")).replaceAll("(?s)^.*?```yaml\\n|```.*$", "");
            Files.writeString(file("order-status"), recipe.replace("https://shop.example", "http://127.0.0.1:" + shop.getAddress().getPort()));
            Visitor customer = town.visitor();
            await().until(() -> offered(customer).contains("order-status"));
            town.model().asksFor(new Call("order-status", "{\"order\": \"A-4711\\\", \\\"contact\\\": 1\"}"));
            customer.says("Where is my order A-4711?");
            customer.hears("Told: {\"state\": \"packed\"}");
            String handle = town.sql().sql("select handle from address where contact_id = :contact").param("contact", contact()).query(String.class).single();
            assertThat(asked.get()).contains("\"contact\":" + contact(), "\"handles\":[\"" + handle + "\"]", "\"tool\":\"order-status\"",
                    "\"arguments\":{\"order\":\"A-4711\\\", \\\"contact\\\": 1\"}");
            shop.stop(0);
            town.model().asksFor(new Call("order-status", "{\"order\": \"A-4711\"}"));
            customer.says("And now?");
            customer.hears("Told: It failed.");
        } finally {
            shop.stop(0);
            Files.delete(file("order-status"));
        }
    }

    @Test
    void followAMergeAndStandInTheTimeline() throws Exception {
        Visitor customer = town.visitor();
        town.model().asksFor(new Call("recall", "{\"query\": \"whales\"}"));
        customer.says("Whales?");
        customer.hears("Told: Nothing was said about that.");
        long merged = contact();
        town.visitor().says("Me too");
        long kept = contact();
        await().until(() -> town.sql().sql("select count(*) from message where contact_id = :kept and answer_id is not null").param("kept", kept).query(Long.class).single() == 1);
        town.bean(Merges.class).merge(kept, merged, "ada");
        assertThat(town.sql().sql("select count(*) from message where contact_id = :kept and role = 'tool'").param("kept", kept).query(Integer.class).single()).isOne();
        var timeline = HttpRequest.newBuilder(town.url("/api/contacts/" + kept + "/timeline"))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString("admin:a-password-for-tests".getBytes(UTF_8)));
        assertThat(HttpClient.newHttpClient().send(timeline.build(), BodyHandlers.ofString()).body())
                .contains("\"kind\":\"tool\"", "\"who\":\"recall\"", "{\\\"query\\\": \\\"whales\\\"} -> Nothing was said about that.");
    }

    /** What tools told, or a greeting. */
    private static String quote(Request request) {
        return request.told().isEmpty() ? "Good day."
                : "Told: " + String.join(" | ", request.told().stream().map(block -> block.replaceAll("(?s)^[^\\n]*\\n  |\\n</memory>$", "")).toList());
    }

    /** Somebody whose words are found by now. */
    private static Visitor rememberedToHaveSaid(String text) {
        Visitor customer = town.visitor();
        String message = customer.says(text);
        customer.hears();
        await().until(() -> town.sql().sql("select exists (select from recollection join message on message.id = message_id where public_id = :id::uuid)")
                .param("id", message).query(Boolean.class).single());
        return customer;
    }

    /** Who was met last. */
    private static long contact() {
        return town.sql().sql("select max(id) from contact").query(Long.class).single();
    }

    private static List<String> offered(Visitor customer) {
        customer.says("Hello?");
        customer.hears();
        return town.model().requests().getLast().tools();
    }

    private static void save(String tool, String steps) throws IOException {
        Files.writeString(file(tool), TOOL.formatted(tool, steps.indent(8)));
    }

    private static Path file(String tool) {
        return home.resolve("routes/tools/" + tool + ".yaml");
    }
}
