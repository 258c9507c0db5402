package io.serai.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.serai.slack.Event;
import io.serai.web.Hook;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is under way stands in the errors of Camel and in the log by its toString, and viewers read the reasons of dead letters: no words, names, addresses. */
class SilentRecordsTest {

    private static final String WORDS = "canary";

    @Test
    void tellNoWordsOfAnybody() {
        var conversation = new Conversation(7, "main", 0);
        var address = new Address(3, "email", "main", WORDS);
        var turn = new Turn(new Contact(1, WORDS, ZoneOffset.UTC), conversation, address, List.of(new Message(5, Role.USER, WORDS, List.of(), Instant.EPOCH)),
                new Lease("turns", 7, 1, 1));
        var line = new Line("message:5", Role.USER, Instant.EPOCH, WORDS);
        var layer = new Layer("recent", "", Layer.Place.TALK, false, 1, List.of(line), 1, List.of());
        var prompt = new Prompt(turn, "", "", 1, List.of(layer), List.of(new Utterance("user", WORDS)));
        var reply = new Reply(9, turn, prompt, WORDS, "model", null, List.of(new ToolUse("recall", WORDS, "ok", WORDS, Instant.EPOCH)));
        var inbound = new Inbound("email", "main", WORDS, "id", WORDS, WORDS, List.of(), null, null, null, Instant.EPOCH,
                new Circumstances(true, false, true, null, null, WORDS));
        var json = JsonNodeFactory.instance.objectNode().put("text", WORDS);
        for (Object body : List.of(turn, layer, prompt, reply, inbound, new Parcel(1, 9, 7, address, 1, WORDS, null, false, null),
                new Call(turn, "recall", Map.of("query", WORDS)), new Hook("shop", "id", json, Instant.EPOCH), new Event("main", json),
                new Digest.Kept(5, WORDS))) {
            assertThat(body.toString()).doesNotContain(WORDS).startsWith(body.getClass().getSimpleName());
        }
    }
}
