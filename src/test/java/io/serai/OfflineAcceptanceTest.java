package io.serai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.deliver.Outbox;
import io.serai.message.Inbound;
import io.serai.message.Kind;
import io.serai.message.Post;
import io.serai.message.Receipt;
import io.serai.town.OfflineTown;
import io.serai.town.Town;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The scenes of memory without a language model: what is learned is found by rules, what is answered is quoted, and the prompts are the same. */
@Tag("database")
@ResourceLock(OfflineTown.LOCK)
class OfflineAcceptanceTest {

    private static final Town TOWN = OfflineTown.town();

    private final String customer = "customer-" + UUID.randomUUID();
    private Receipt last;

    /** Acceptance scene 1. */
    @Test
    void tellsTheBudgetPastACompaction() {
        for (int turn = 1; turn <= 25; turn++) {
            says(turn == 5 ? "We are Acme and our budget is $40,000" : "The weather is fine in village " + turn);
        }
        await().until(() -> number("select compacted_to from conversation where id = :conversation") > 0);
        assertThat(says("What was the budget I mentioned earlier?")).contains("$40,000");
        assertThat(layer("recent")).doesNotContain("$40,000");
    }

    /** Acceptance scene 2. */
    @Test
    void knowsOnAnotherChannelWhatWasDiscussedOnTheFirst() {
        says("We discussed a product of yours, the blue pump X200 for 900 euros");
        await().until(() -> number("select count(*) from recollection where conversation_id = :conversation") == 2);
        String code = says("/link").replaceAll("(?s).*`(/link .{8})`.*", "$1");
        String phone = "phone-" + customer;
        assertThat(says(phone, code)).startsWith("It is you!");
        says(phone, "/new");
        assertThat(says(phone, "What about that product we discussed?")).contains("blue pump X200 for 900 euros");
    }

    /** Acceptance scene 3. */
    @Test
    void putsAnOverduePromiseOfOursFirst() {
        says("Can I have a quote?");
        TOWN.bean(Outbox.class).post(Post.of(Kind.CONVERSATION, last.conversation().id(), "Ann", "I'll send the quote tomorrow."));
        says("Thank you");
        await().until(() -> number("select count(*) from commitment where contact_id = :contact and who = 'us'") == 1);
        TOWN.clock().passes(Duration.ofDays(2));
        try {
            assertThat(says("What about the quote?")).contains("OVERDUE, we promised: send the quote");
            assertThat(layer("commitments")).contains("OVERDUE, we promised: send the quote (due ");
        } finally {
            TOWN.clock().passes(Duration.ofDays(-2));
        }
    }

    /** Acceptance scene 4. */
    @Test
    void letsTheNewFigureWinAndTellsOfItOnce() {
        says("We need 1 000 units");
        for (int turn = 0; turn < 20; turn++) {
            says("The weather is fine in village " + turn);
        }
        says("Sorry, only 200");
        await().until(() -> texts("select was || ' -> ' || now from profile_change where contact_id = :contact").equals(List.of("1 000 units -> 200")));
        assertThat(texts("select value from profile_fact where contact_id = :contact and deleted_by is null")).containsExactly("200");
        says("Is that fine?");
        assertThat(layer("changes")).contains("product_interest.quantity was 1 000 units, now 200");
        says("Good");
        assertThat(layer("changes")).doesNotContain("1 000 units");
    }

    /** Acceptance scene 6. */
    @Test
    void keepsAPinnedNoteInEveryPromptAndToItself() {
        says("Hello");
        note("do not lead with list price");
        note("Number of the warehouse, as everybody knows. ".repeat(700));
        says("/remember we close at noon");
        for (String text : List.of("What do you lead with?", "And the list price?", "When do we close?")) {
            assertThat(says(text)).doesNotContain("do not lead");
            assertThat(layer("notes")).contains("do not lead with list price");
            assertThat(layer("facts")).as("all else is cut").doesNotContain("we close at noon");
        }
    }

    private String says(String text) {
        return says(customer, text);
    }

    private String says(String handle, String text) {
        last = TOWN.receives(Inbound.of("webhook", "", handle, UUID.randomUUID().toString(), text, TOWN.clock().instant()));
        return TOWN.answer(last);
    }

    private void note(String content) {
        TOWN.sql().sql("insert into note (contact_id, category, content, priority, pinned, created_by) values (:contact, 'warning', :content, 'high', true, 'ada')")
                .param("contact", last.contact().id()).param("content", content).update();
    }

    /** The lines of a layer in the prompt of the last answer. */
    private String layer(String name) {
        long reply = TOWN.sql().sql("select answer_id from message where id = :message").param("message", last.messageId()).query(Long.class).single();
        return StreamSupport.stream(TOWN.saw(reply).path("layers").spliterator(), false)
                .filter(layer -> layer.path("name").asText().equals(name))
                .flatMap(layer -> layer.path("lines").findValuesAsText("text").stream())
                .collect(Collectors.joining("\n"));
    }

    private long number(String query) {
        return Long.parseLong(texts(query).getFirst());
    }

    private List<String> texts(String query) {
        var sql = TOWN.sql().sql(query);
        return (query.contains(":contact") ? sql.param("contact", last.contact().id()) : sql.param("conversation", last.conversation().id())).query(String.class).list();
    }
}
