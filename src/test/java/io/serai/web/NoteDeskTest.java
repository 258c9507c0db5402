package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Notes as operators write them. */
@Tag("database")
@ResourceLock(Gate.LOCK)
class NoteDeskTest {

    private static final String NOTE = """
            {"category": "warning", "content": "Do not lead with list price", "priority": "high"}""";

    private final long contact = contact();
    private final String desk = "/api/contacts/" + contact + "/notes";
    private final Caller operator = Gate.program(Rank.OPERATOR).with("Content-Type", "application/json");

    @Test
    void isWrittenReadEditedAndTakenAway() {
        var made = operator.sends("POST", desk, BodyPublishers.ofString(NOTE));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().path("category").asText()).isEqualTo("warning");
        assertThat(made.json().path("pinned").asBoolean()).isTrue();
        assertThat(made.json().path("createdBy").asText()).startsWith("test-");
        String place = made.header("Location");
        assertThat(operator.gets(place).header("ETag")).isEqualTo("\"1\"");

        var edited = put(place, "\"1\"", NOTE.replace("high", "low"));
        assertThat(edited.status()).as(edited.text()).isEqualTo(200);
        assertThat(edited.header("ETag")).isEqualTo("\"2\"");
        assertThat(operator.gets(desk).json().path("items")).hasSize(1);

        assertThat(put(place, "\"1\"", NOTE).status()).as("somebody was faster").isEqualTo(412);
        var careless = Gate.program(Rank.OPERATOR).with("Content-Type", "application/json").sends("PUT", place, BodyPublishers.ofString(NOTE));
        assertThat(careless.status()).isEqualTo(428);
        assertThat(with("\"2\"").sends("DELETE", place, BodyPublishers.noBody()).status()).isEqualTo(204);
        assertThat(operator.gets(place).status()).isEqualTo(404);
    }

    @Test
    void isListedInTheOrderInWhichItIsToldPageByPage() {
        for (String wish : List.of("\"low\"", "\"high\"", "\"high\", \"pinned\": false", "\"medium\"", "\"high\"")) {
            operator.sends("POST", desk, BodyPublishers.ofString(NOTE.replace("\"high\"", wish)));
        }
        List<Long> all = ids(operator.gets(desk).json());
        assertThat(all).hasSize(5);
        List<Long> seen = new ArrayList<>();
        JsonNode page = operator.gets(desk + "?limit=2").json();
        seen.addAll(ids(page));
        with("*").sends("DELETE", desk + "/" + seen.getLast(), BodyPublishers.noBody());
        while (page.has("next")) {
            page = operator.gets(desk + "?limit=2&after=" + page.path("next").asText()).json();
            seen.addAll(ids(page));
        }
        assertThat(seen).as("though one was taken away meanwhile").isEqualTo(all);
        assertThat(operator.gets(desk + "?after=nonsense").status()).isEqualTo(400);
        assertThat(operator.gets(desk + "?limit=0").status()).isEqualTo(400);
    }

    @Test
    void isNotReadAgainWhileItIsTheSame() {
        String place = operator.sends("POST", desk, BodyPublishers.ofString(NOTE)).header("Location");
        Caller again = Gate.program(Rank.OPERATOR).with("If-None-Match", "\"1\"");
        assertThat(again.gets(place).status()).isEqualTo(304);
        put(place, "\"1\"", NOTE);
        assertThat(again.gets(place).status()).isEqualTo(200);
    }

    private static List<Long> ids(JsonNode page) {
        return StreamSupport.stream(page.path("items").spliterator(), false).map(note -> note.path("id").asLong()).toList();
    }

    @Test
    void isFoundOnlyThroughItsContact() {
        String place = operator.sends("POST", desk, BodyPublishers.ofString(NOTE)).header("Location");
        String foreign = place.replace("/contacts/" + contact + "/", "/contacts/" + contact() + "/");
        assertThat(operator.gets(foreign).status()).isEqualTo(404);
        assertThat(put(foreign, "*", NOTE).status()).isEqualTo(404);
        assertThat(operator.sends("POST", "/api/contacts/0/notes", BodyPublishers.ofString(NOTE)).status()).isEqualTo(404);
        assertThat(operator.sends("POST", desk, BodyPublishers.ofString(NOTE.replace("}", ", \"conversation\": 999999}"))).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"category\": \"gossip\", \"content\": \"x\"}", "{\"category\": \"warning\", \"content\": \"  \"}",
        "{\"category\": \"warning\", \"content\": \"x\", \"priority\": \"urgent\"}", "[]", "no JSON"})
    void refusesWhatIsNoNote(String body) {
        assertThat(operator.sends("POST", desk, BodyPublishers.ofString(body)).status()).isEqualTo(400);
    }

    @Test
    void saysWhichCategoriesThereAre() {
        String body = "{\"category\": \"gossip\", \"content\": \"x\"}";
        assertThat(operator.sends("POST", desk, BodyPublishers.ofString(body)).json().path("detail").asText())
                .contains("known are strategy, relationship, context, warning, opportunity) in category");
    }

    @Test
    void isForOperators() {
        assertThat(Gate.program(Rank.VIEWER).gets(desk).status()).isEqualTo(403);
        assertThat(Gate.stranger().gets(desk).status()).isEqualTo(401);
        JsonNode note = Gate.admin().gets("/api/openapi.json").json().path("paths").path("/api/contacts/{contact}/notes/{id}");
        assertThat(note.at("/put/responses").fieldNames()).toIterable().contains("200", "412", "428");
        assertThat(note.at("/put/parameters").findValuesAsText("name")).contains("If-Match");
        assertThat(note.at("/get/responses").fieldNames()).toIterable().contains("200", "304");
        assertThat(note.at("/get/responses/200/headers").has("ETag")).isTrue();
    }

    private Caller.Answer put(String place, String seen, String body) {
        return with(seen).sends("PUT", place, BodyPublishers.ofString(body));
    }

    private static Caller with(String seen) {
        return Gate.program(Rank.OPERATOR).with("Content-Type", "application/json").with("If-Match", seen);
    }

    private static long contact() {
        return Gate.town().sql().sql("insert into contact (name) values (:name) returning id").param("name", "Ada " + UUID.randomUUID()).query(Long.class).single();
    }
}
