package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What became of a message. */
@Tag("database")
@ResourceLock(Gate.LOCK)
class FatesTest {

    @AfterEach
    void recover() {
        Gate.town().model().recovers();
    }

    @Test
    void tellsOfAnAnswerAndItsParcels() {
        String id = sends("?wait=30");
        Awaitility.await().until(() -> find(id).at("/parcels/0/state").asText().equals("sent"));

        JsonNode fate = find(id);
        assertThat(fate.path("state").asText()).isEqualTo("answered");
        assertThat(fate.path("channel").asText()).isEqualTo("webhook");
        assertThat(fate.path("receivedAt").asText()).matches("\\d{4}-.*Z");
        assertThat(fate.path("acceptedAt").asText()).matches("\\d{4}-.*Z");
        assertThat(fate.at("/reply/text").asText()).isNotBlank();
        assertThat(fate.at("/reply/author").asText()).isNotBlank();
        assertThat(fate.at("/parcels/0/part").asInt()).isEqualTo(1);
        assertThat(fate.at("/parcels/0/sentAt").asText()).isNotBlank();
        assertThat(fate.has("deadLetter")).isFalse();
    }

    @Test
    void showsTheWordsToOperatorsOnly() {
        String id = sends("?wait=30");

        JsonNode seen = Gate.program(Rank.VIEWER).gets("/api/messages/" + id).json();
        assertThat(seen.path("reply").has("text")).isFalse();
        assertThat(seen.path("reply").has("author")).isTrue();
        assertThat(Gate.program(Rank.ENGINEER).gets("/api/messages/" + id).json().path("reply").has("text")).isTrue();
    }

    @Test
    void tellsOfADeadLetter() {
        Gate.town().model().keepsFailing(400);
        String id = sends("");
        Awaitility.await().until(() -> find(id).path("state").asText().equals("dead"));

        assertThat(find(id).at("/deadLetter/reason").asText()).isNotBlank();
        assertThat(find(id).at("/deadLetter/attempts").asInt()).isEqualTo(1);
    }

    private static String sends(String query) {
        return Gate.stranger().withToken(Gate.HOOK_PASSWORD)
                .posts("/hooks/desk" + query, "{\"user\": \"" + UUID.randomUUID() + "\", \"text\": \"Hello\"}")
                .json().path("id").asText();
    }

    private static JsonNode find(String id) {
        return Gate.program().gets("/api/messages/" + id).json();
    }
}
