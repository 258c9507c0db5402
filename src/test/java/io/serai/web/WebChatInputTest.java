package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.town.Town;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people, and those who mean no good, send to the web chat. */
@ResourceLock(Town.SHARED)
class WebChatInputTest {

    private final Town town = Town.shared();
    private final Tab tab = Tab.ofAStranger(town);

    @BeforeEach
    void theModelRepeats() {
        town.model().answersBy(Tab::said);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "שלום, מתי אתם פתוחים?",
        "مرحبا 👋🏽 👩‍👩‍👧‍👦 🇩🇪",
        "a < b && c > \"d\" 'e' \\ / \t ${body} #{1+1} {{secret}} %00 %s",
        "line one\nline two"
    })
    void keepsEveryScript(String text) {
        tab.says(text);
        assertThat(tab.history("").get("messages").get(0).get("text").asText()).isEqualTo(text);
        try (Tab open = tab.listens("?after=0")) {
            assertThat(open.hearsReply().text()).isEqualTo(text);
        }
    }

    @Test
    void takesALongMessage() {
        String text = "long ".repeat(2_000).strip() + "!";
        tab.says(text);
        assertThat(tab.history("").get("messages").get(0).get("text").asText()).isEqualTo(text);
    }

    @Test
    void leavesOutWhatCannotBeKept() {
        assertThat(tab.post("{\"text\": \"a\\u0000b\\ud83dc\"}").statusCode()).isEqualTo(202);
        assertThat(tab.history("").get("messages").get(0).get("text").asText()).isEqualTo("ab\ufffdc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"text\": null}", "{\"text\": \"\"}", "{\"text\": \" \\n\\t \"}", "{\"text\": \"\\u0000\"}"})
    void refusesAMessageWithoutText(String body) {
        assertThat(problem(tab.post(body), 422)).contains("needs some text");
    }

    @Test
    void refusesAMessageThatIsTooLong() {
        assertThat(problem(tab.post("{\"text\": \"" + "x".repeat(16_001) + "\"}"), 422)).contains("up to 16000 characters", "16001");
        assertThat(tab.post("{\"text\": \"" + "\ud83d\ude42".repeat(16_000) + "\"}").statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "null", "[]", "\"text\"", "{\"text\": \"a\"", "{\"text\": 5}", "{\"text\": true}", "{\"text\": {\"a\": 1}}", "{\"text\": [\"a\"]}",
        "{\"text\": \"a\", \"id\": \"not a uuid\"}", "{\"text\": \"a\", \"id\": 5}", "{\"text\": \"a\"} {\"text\": \"b\"}"
    })
    void refusesWhatIsNoMessage(String body) {
        problem(tab.post(body), 400);
    }

    @Test
    void refusesBytesThatAreNoText() {
        problem(tab.post("{\"text\": \"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1)), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data"})
    void refusesWhatAFormOfAnotherSiteCouldSend(String type) {
        problem(tab.post("{\"text\": \"a\"}", "Content-Type", type), 415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void refusesThePageOfAnotherSite(String site) {
        assertThat(problem(tab.post("{\"text\": \"a\"}", "Sec-Fetch-Site", site), 403)).contains("another site");
        assertThat(problem(tab.get("/api/chat/messages", "Sec-Fetch-Site", site), 403)).contains("another site");
        assertThat(tab.cookie()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=0", "?limit=201", "?limit=x", "?before=x"})
    void refusesAnOddWishForHistory(String query) {
        problem(tab.get("/api/chat/messages" + query), 400);
    }

    @Test
    void refusesAnEventThatIsNone() {
        problem(tab.get("/api/chat/events", "Last-Event-ID", "x"), 400);
    }

    @Test
    void letsNoHeaderIntoTheRoutes() {
        assertThat(tab.post("{\"text\": \"as it is\"}", "CamelBeanMethodName", "toString", "CamelHttpUri", "http://127.0.0.1:1").statusCode()).isEqualTo(202);
        try (Tab open = tab.listens("?after=0")) {
            assertThat(open.hearsReply().text()).isEqualTo("as it is");
        }
    }

    private static String problem(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        JsonNode problem = Tab.read(answer.body());
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("type").asText()).isNotBlank();
        return problem.get("detail").asText();
    }
}
