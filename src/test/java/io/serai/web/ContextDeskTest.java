package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.town.Town;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The doors at which a talk is named and something is said of it, and the desk where operators put it right. */
@Tag("database")
@ResourceLock(Gate.LOCK)
class ContextDeskTest {

    private static final String COMPLETIONS = "/v1/chat/completions";

    private final Town town = Gate.town();
    private final String user = "user-" + UUID.randomUUID();

    @Test
    void isSaidByAHookAndPutRightByAnOperator() {
        var said = hook("{\"user\": \"%s\", \"text\": \"Hi\", \"conversation\": \"deal:42\", \"context\": {\"order\": {\"id\": \"A-7\", \"state\": \"packed\"}}}");
        assertThat(said.status()).as(said.text()).isEqualTo(202);
        String desk = desk("deal:42");
        var read = Gate.program(Rank.OPERATOR).gets(desk);
        assertThat(read.json().at("/order/state").asText()).isEqualTo("packed");

        String tag = read.header("ETag");
        var changed = patch(desk, tag, "{\"order\": {\"state\": \"shipped\"}}");
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.json().toString()).isEqualTo("{\"order\":{\"id\":\"A-7\",\"state\":\"shipped\"}}");
        assertThat(changed.header("ETag")).isNotEqualTo(tag);
        assertThat(patch(desk, tag, "{}").status()).as("somebody was faster").isEqualTo(412);
        assertThat(patch(desk, null, "{}").status()).isEqualTo(428);
        assertThat(patch(desk, "*", "[]").status()).isEqualTo(422);
        assertThat(patch(desk, "*", "{\"x\": \"" + "x".repeat(16_000) + "\"}").status()).isEqualTo(422);
        assertThat(Gate.program(Rank.VIEWER).gets(desk).status()).isEqualTo(403);
    }

    @Test
    void isFoundOnlyThroughItsContact() {
        hook("{\"user\": \"%s\", \"text\": \"Hi\", \"context\": {\"order\": \"A-7\"}}");
        String foreign = desk("main").replaceFirst("/contacts/\\d+/", "/contacts/0/");
        assertThat(Gate.program(Rank.OPERATOR).gets(foreign).status()).isEqualTo(404);
        assertThat(patch(foreign, "*", "{}").status()).isEqualTo(404);
    }

    @Test
    void isSaidByAProgramTooWhichNamesTheTalk() {
        String talk = "{\"user\": \"" + user + "\", \"messages\": [{\"role\": \"user\", \"content\": \"Where is it?\"}], \"conversation\": \"job:7\", \"context\": {\"order\": \"A-7\"}}";
        var answer = Gate.program().posts(COMPLETIONS, talk);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(town.model().requests().getLast().lastUser()).contains("order = \"A-7\"");
        assertThat(desk("job:7")).isNotEmpty();
        JsonNode refused = Gate.program().posts(COMPLETIONS, talk.replace("job:7", "Job:7")).json();
        assertThat(refused.at("/error/message").asText()).contains("a key is a word in small letters");
        assertThat(Gate.program().posts(COMPLETIONS, talk.replace("{\"order\": \"A-7\"}", "7")).json().at("/error/message").asText()).contains("a context is a JSON object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"conversation\": \"main of contact 42\"", "\"conversation\": \"Job:7\"", "\"context\": 7", "\"context\": [1]"})
    void isRefusedAtAHookBeforeAnythingIsStored(String wrong) {
        var answer = hook("{\"user\": \"%s\", \"text\": \"Hi\", " + wrong + "}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(town.sql().sql("select count(*) from message join address on address.id = address_id where handle = :user").param("user", user).query(Integer.class).single())
                .isZero();
    }

    /** Who is known by a cookie alone neither chooses a talk nor says what our systems know. */
    @ParameterizedTest
    @ValueSource(strings = {"\"context\": {\"tier\": \"gold\"}", "\"conversation\": \"job:7\""})
    void isNotForVisitors(String more) {
        assertThat(Gate.stranger().posts("/api/chat", "{\"text\": \"Hi\", " + more + "}").status()).isEqualTo(400);
    }

    private Caller.Answer hook(String body) {
        return Gate.stranger().with("Authorization", "Bearer " + Gate.HOOK_PASSWORD).posts("/hooks/desk", body.replace("%s", user));
    }

    private static Caller.Answer patch(String path, String tag, String body) {
        Caller operator = Gate.program(Rank.OPERATOR).with("Content-Type", "application/merge-patch+json");
        return (tag == null ? operator : operator.with("If-Match", tag)).sends("PATCH", path, BodyPublishers.ofString(body));
    }

    private String desk(String key) {
        return town.sql().sql("""
                select '/api/contacts/' || contact_id || '/conversations/' || conversation.id || '/context' from conversation join address using (contact_id)
                where handle = :user and key = :key
                """).param("user", user).param("key", key).query(String.class).single();
    }
}
