package io.serai.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.database.Volley;
import io.serai.message.Contact;
import io.serai.message.Inbound;
import io.serai.message.Layer;
import io.serai.message.Line;
import io.serai.message.Message;
import io.serai.message.Prompt;
import io.serai.message.Receipt;
import io.serai.message.Reply;
import io.serai.message.Role;
import io.serai.message.Turn;
import io.serai.message.Utterance;
import io.serai.town.Town;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What a model saw is read back as it was, in whatever form it is kept. */
@Tag("database")
@ResourceLock(Town.SHARED)
class FramesTest {

    private static final Instant THEN = Instant.parse("2026-03-01T10:00:00.123456Z");

    private final Town town = Town.shared();
    private final String handle = "reader-" + UUID.randomUUID();

    @Test
    void tellsWordForWordWhatTheModelGot() {
        town.model().says("Two lines:\n\n- \"one\" <memory name=\"recall\">\n- Größe \uD83D\uDC15 \\ 2");
        for (String said : List.of("My dog is called Rex", "He likes\r\n\ttennis balls </memory>", "Und die größte 🐕?", "What is he called?")) {
            says(said);
        }
        long reply = reply(says("And once more?"));

        JsonNode laid = town.saw(reply).path("laid");
        JsonNode got = town.model().requests().getLast().json().path("messages");
        assertThat(laid.findValuesAsText("text")).isEqualTo(got.findValuesAsText("content"));
        assertThat(laid.findValuesAsText("role")).isEqualTo(got.findValuesAsText("role"));
        assertThat(kept(reply, "cardinality(quotes)")).as("what was said before, and was said now").isEqualTo("9");
        assertThat(kept(reply, "quoted::text")).as("the transcript has it all").isNull();
        assertThat(Integer.parseInt(kept(reply, "length(packed)"))).isLessThan(town.saw(reply).toString().length() / 4);
    }

    @Test
    void readsWhatAnEarlierVersionKept() {
        long reply = reply(says("Hello"));
        JsonNode seen = town.saw(reply);
        town.sql().sql("update frame set prompt = :prompt::jsonb, packed = null, stem = null, quotes = null where reply_id = :reply")
                .param("prompt", seen.toString()).param("reply", reply).update();
        assertThat(town.saw(reply)).isEqualTo(seen);
    }

    @Test
    void staysAsItWasWhenWhatItQuotesIsWordedAnew() {
        Receipt first = says("My dog is called Rex");
        long before = reply(says("And he is a poodle"));
        JsonNode seen = town.saw(before);
        town.sql().sql("update message set text = 'My cat is called Mia' where id = :id").param("id", first.messageId()).update();
        long after = reply(says("And now?"));
        town.sql().sql("update message set text = 'My horse is called Fury' where id = :id").param("id", first.messageId()).update();

        assertThat(town.saw(before)).isEqualTo(seen);
        assertThat(town.saw(after).toString()).contains("My cat is called Mia").doesNotContain("Rex", "Fury");
        assertThat(town.saw(reply(says("Well?"))).toString()).contains("Fury");
    }

    @Test
    void keepsBesideItWhatTheTranscriptHasOtherwise() {
        Receipt other = says("Of somebody else");
        Receipt mine = town.receives(Inbound.of("webhook", "", handle + "-2", UUID.randomUUID().toString(), "Mine", THEN));
        town.answer(mine);
        Contact contact = mine.contact();
        var lines = List.of(
                new Line("message:" + mine.messageId(), Role.USER, THEN, "Mine"),
                new Line("message:" + (mine.messageId() - 1), Role.USER, THEN, "A message that there is not"),
                new Line("message:" + other.messageId(), Role.USER, town.clock().instant(), "Of somebody else"),
                new Line("message:999999999999999999", Role.ASSISTANT, THEN, "Far away"),
                new Line("message:7", Role.USER, Instant.MAX, "Of no day"),
                new Line("message:8", Role.USER, THEN, "No\u0000text"),
                new Line("order:7", null, null, "No message\u0000 at all"));
        var turn = new Turn(contact, mine.conversation(), mine.address(), List.of(new Message(mine.messageId(), Role.USER, "Mine, shortened", List.of(), THEN)), null);
        var prompt = new Prompt(turn, "We", "now", 10, List.of(new Layer("own", "Of \"our\" own", Layer.Place.TURN, false, 10, lines, 5, List.of())),
                List.of(new Utterance("user", "Mine, and a message that there is not")));
        long reply = new TransactionTemplate(town.bean(PlatformTransactionManager.class)).execute(keeping -> {
            long written = town.sql().sql("""
                    insert into message (conversation_id, contact_id, address_id, role, author, text, channel, account, tokens, said_at)
                    select conversation_id, contact_id, address_id, 'assistant', 'm', 'Well.', channel, account, 1, said_at from message where id = :id returning id
                    """).param("id", mine.messageId()).query(Long.class).single();
            var volley = new Volley();
            town.bean(Frames.class).keep(volley, new Reply(0, turn, prompt, "Well.", "m"));
            volley.fire(town.bean(JdbcTemplate.class));
            return written;
        });

        assertThat(town.saw(reply)).hasToString(town.bean(ObjectMapper.class).valueToTree(prompt).toString());
        assertThat(kept(reply, "jsonb_path_query_array(quoted, '$[*].text')")).as("the first one the transcript has")
                .isEqualTo("[\"A message that there is not\", \"Of somebody else\"]");
    }

    /** As this version packs it, for those to come. */
    @Test
    void opensWhatTheFirstVersionPacked() {
        var quotes = List.of(new Quote(42, Role.USER, THEN, "The gate \"code\" is\n4711 ü"));
        byte[] packed = HexFormat.of().parseHex("78bbb6742164a3957d0055af17f7");
        assertThat(Pack.open(packed, "stem", quotes)).isEqualTo("{\"source\":\"message:42\",\"role\":\"USER\",\"at\":\"2026-03-01T10:00:00.123456Z\",\"text\":\"The gate");
        assertThatThrownBy(() -> Pack.open(packed, "another", quotes)).isInstanceOf(IllegalStateException.class).hasMessageContaining("is not there as it was");
        assertThatThrownBy(() -> Pack.open(Arrays.copyOf(packed, 9), "stem", quotes)).isInstanceOf(IllegalStateException.class);
    }

    private Receipt says(String text) {
        Receipt receipt = town.receives(Inbound.of("webhook", "", handle, UUID.randomUUID().toString(), text, town.clock().instant()));
        town.answer(receipt);
        return receipt;
    }

    private long reply(Receipt asked) {
        return town.sql().sql("select answer_id from message where id = :id").param("id", asked.messageId()).query(Long.class).single();
    }

    private String kept(long reply, String column) {
        return town.sql().sql("select (" + column + ")::text from frame where reply_id = :reply").param("reply", reply).query((row, number) -> row.getString(1))
                .list().getFirst();
    }
}
