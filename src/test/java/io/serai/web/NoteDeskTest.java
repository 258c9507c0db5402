package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
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
        assertThat(operator.gets(desk).json()).hasSize(1);

        assertThat(put(place, "\"1\"", NOTE).status()).as("somebody was faster").isEqualTo(412);
        var careless = Gate.program(Rank.OPERATOR).with("Content-Type", "application/json").sends("PUT", place, BodyPublishers.ofString(NOTE));
        assertThat(careless.status()).isEqualTo(428);
        assertThat(with("\"2\"").sends("DELETE", place, BodyPublishers.noBody()).status()).isEqualTo(204);
        assertThat(operator.gets(place).status()).isEqualTo(404);
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
    void isForOperators() {
        assertThat(Gate.program(Rank.VIEWER).gets(desk).status()).isEqualTo(403);
        assertThat(Gate.stranger().gets(desk).status()).isEqualTo(401);
        assertThat(Gate.admin().gets("/api/openapi.json").json().path("paths").has("/api/contacts/{contact}/notes/{id}")).isTrue();
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
