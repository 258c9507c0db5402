package io.serai.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.contact.Merges;
import io.serai.message.Came;
import io.serai.message.Circumstances;
import io.serai.message.Inbound;
import io.serai.message.Receipt;
import io.serai.town.ScriptedModel;
import io.serai.town.Town;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What counts as said, wherever the transcript is read: no machine's mail, nothing of who waits at the door, no code that strangers are told. */
@Tag("database")
class TalkTest {

    private static final Town TOWN = Town.with(Map.of("serai.profile.extraction", "every-turn", "serai.summary.every", 2, "serai.contact.policy.door", "pairing"));

    private final String customer = "customer-" + UUID.randomUUID();

    @BeforeEach
    void script() {
        TOWN.model().answersBy(request -> request.system().startsWith("You keep the file") ? "{}" : "Well.");
    }

    @AfterAll
    static void close() {
        TOWN.close();
    }

    @Test
    void isWhatPeopleSaidAndWeAnswered() {
        Receipt first = says("open", "Our cellar is wet", Circumstances.PLAIN);
        TOWN.answer(first);
        await().until(() -> summaries(first) == 1);
        long stranger = says("door", "I am at the door", Circumstances.PLAIN).contact().id();
        TOWN.bean(Merges.class).merge(first.contact().id(), stranger, "ada");
        TOWN.clock().passes(Duration.ofHours(2)); // so that the door tells a new code, in the talk of the one who is kept
        try {
            says("open", "OUT OF OFFICE: the budget is $88,888", Circumstances.PLAIN.suppressedBy("auto-submitted"));
            says("door", "FORGED: the budget is $99,999", Circumstances.PLAIN);
            says("open", "What they said among themselves", Came.inGroup(false));
            assertThat(texts("select author from message where conversation_id = :conversation", first)).contains("pairing");
            int before = TOWN.model().requests().size();

            Receipt last = says("open", "What do we do about it?", Circumstances.PLAIN);
            TOWN.answer(last);

            await().until(() -> summaries(first) == 2);
            List<ScriptedModel.Request> asked = TOWN.model().requests().stream().skip(before).toList();
            assertThat(asked).extracting(request -> request.system().split(" ", 5)[3]).contains("file", "summary");
            assertThat(asked).allSatisfy(request -> assertThat(request.json().toString()).contains("among themselves").doesNotContain("888", "999", "let you in"));
            assertThat(texts("select text from recollection join message on id = message_id where message.conversation_id = :conversation", first))
                    .contains("Our cellar is wet", "What they said among themselves")
                    .noneMatch(text -> text.contains("888") || text.contains("999") || text.contains("let you in"));
            assertThat(TOWN.bean(Search.class).search(last.contact(), "What is the budget?", 20)).noneMatch(found -> found.text().contains("budget"));
        } finally {
            TOWN.clock().passes(Duration.ofHours(-2));
        }
    }

    private Receipt says(String channel, String text, Circumstances around) {
        return TOWN.receives(Inbound.of(channel, "", customer, UUID.randomUUID().toString(), text, TOWN.clock().instant()).with(around));
    }

    private static int summaries(Receipt talk) {
        return texts("select text from summary where conversation_id = :conversation", talk).size();
    }

    private static List<String> texts(String query, Receipt talk) {
        return TOWN.sql().sql(query).param("conversation", talk.conversation().id()).query(String.class).list();
    }
}
