package io.serai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.serai.think.Tokens;
import io.serai.town.ScriptedModel;
import io.serai.town.Town;
import io.serai.town.Visitor;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What stands in a prompt, and what is kept of it. */
@Tag("database")
@ResourceLock(Town.SHARED)
class LayersTest {

    private final Town town = Town.shared();
    private final Visitor customer = town.visitor();
    private final String mark = UUID.randomUUID().toString();

    @Test
    void tellsPinnedNotesInEveryPromptAndMarksThemAsInternal() {
        says("Hello, " + mark);
        note("low", "likes long answers", null);
        note("high", "do not lead with list price", null);
        note("medium", "an offer that has expired", OffsetDateTime.now(ZoneOffset.UTC).minusHours(1));
        says("What do you sell?");
        String system = last().system();
        assertThat(system).contains("never quote", "operator] warning, high priority: do not lead with list price", "likes long answers")
                .doesNotContain("expired");
        assertThat(system.indexOf("list price")).isLessThan(system.indexOf("long answers"));
    }

    /** Acceptance scene 6. */
    @Test
    void keepsNotesWholeWhenAllElseIsCut() {
        says("Hello, " + mark);
        String flood = "Number of the warehouse, as everybody knows. ".repeat(700);
        note("high", flood, null);
        note("low", "do not lead with list price", null);
        customer.says("/remember we close at noon");
        customer.hears();
        says("And now?");
        assertThat(last().system()).contains(flood.strip(), "do not lead with list price").doesNotContain("noon");
        assertThat(last().messages("assistant")).isEmpty();
    }

    @Test
    void keepsItsBeginningByteForByte() {
        says("Hello, " + mark);
        note("high", "a friend of the house", null);
        says("One");
        String one = last().system();
        says("Two");
        assertThat(last().system()).isEqualTo(one);
    }

    @Test
    void tellsOpenPromisesWithTheOverdueFirst() {
        says("Hello, " + mark);
        promise("us", "send the quote", Duration.ofHours(-2));
        promise("them", "measure the cellar", Duration.ofDays(2));
        says("Good morning");
        assertThat(last().lastUser()).containsSubsequence("OVERDUE, we promised: send the quote", "pending, they promised: measure the cellar");
    }

    @Test
    void tellsAChangeOnce() {
        says("Hello, " + mark);
        learn("product_interest.quantity", "200");
        change("product_interest.quantity", "1 000 units", "200");
        says("Fine?");
        assertThat(last().lastUser()).contains("product_interest.quantity was 1 000 units, now 200");
        says("And?");
        assertThat(last().json().toString()).doesNotContain("was 1 000 units");
    }

    @Test
    void tellsNoChangeToWhatWasCorrectedSince() {
        says("Hello, " + mark);
        learn("bant.budget", "500");
        learn("product_interest.quantity", "200");
        change("bant.budget", "400", "450");
        change("product_interest.quantity", "1 000 units", "200");
        town.sql().sql("update profile_fact set deleted_by = 'ada' where contact_id = :contact and value = '200'").param("contact", contact()).update();
        says("Fine?");
        assertThat(last().json().toString()).doesNotContain("was 400", "was 1 000 units");
    }

    @Test
    void doesNotBringBackFromASnapshotWhatWasTakenOut() {
        says("Hello, " + mark);
        town.sql().sql("""
                insert into snapshot (day, contact_id, stage, hot, quotes, pending, overdue, profile, line)
                values (current_date, :contact, 'qualifying', false, 0, 0, 0, '{"bant.budget": "40 000"}', 'Ada, budget 40 000')
                """).param("contact", contact()).update();
        says("Without a profile");
        assertThat(last().system()).contains("Ada, budget 40 000");
        learn("bant.budget", "40 000");
        town.sql().sql("update profile_fact set deleted_by = 'ada' where contact_id = :contact").param("contact", contact()).update();
        says("And now?");
        assertThat(last().json().toString()).doesNotContain("40 000");
    }

    @Test
    void shortensWhatIsLongAndTellsTheRest() {
        says("/remember we close at noon, " + mark);
        says("/remember " + "the long story of our house ".repeat(170));
        says("Well?");
        assertThat(last().system()).contains("we close at noon", "[cut: the first 1000 of 4759 characters]");
        for (int fact = 0; fact < 4; fact++) {
            says("/remember " + fact + " the long story of our house ".repeat(170));
        }
        says("Well?");
        assertThat(String.join("", factsFound())).contains("3 the long", "Warning: 3 older things").doesNotContain("noon");
    }

    /** What the query says: how much of it is told is a matter of the budget. */
    private List<String> factsFound() {
        return town.sql().sql(town.bean(Home.class).text("memory/layers/facts.sql")).param("contact", contact()).query((row, number) -> row.getString("text")).list();
    }

    @Test
    void saysNothingOfWhatWasLeftOpenWhenNobodyLooked() {
        says("Hello, " + mark);
        says("We need a pump");
        town.sql().sql("update message set said_at = said_at - interval '21 days' where contact_id = :contact").param("contact", contact()).update();
        says("Here I am again");
        assertThat(last().lastUser()).contains("] 21 days of silence.\n");
    }

    @Test
    void countsApartWhatNeedNotBeSearched() {
        says("Hello, " + mark);
        long before = recalled("skipped");
        says("All of this stands in the prompt");
        assertThat(recalled("skipped")).isGreaterThan(before);
    }

    private int known() {
        return town.sql().sql("select count(*) from recollection where contact_id = :contact").param("contact", contact()).query(Integer.class).single();
    }

    private long recalled(String found) {
        return town.bean(MeterRegistry.class).get("serai.layer.tokens").tags("layer", "recall", "found", found).summary().count();
    }

    @Test
    void tellsOfAQuickTalkWhatTheSearchDoesNotKnowYet() {
        says("Our budget is 40000 euros, " + mark);
        for (int turn = 0; turn < 10; turn++) {
            says("The weather in village " + turn + " is fine");
        }
        await().until(() -> known() == 22);
        says("All of it is known by now");
        assertThat(last().messages("user")).noneMatch(text -> text.contains("40000"));
        await().until(() -> known() == 24);
        town.sql().sql("delete from recollection where contact_id = :contact").param("contact", contact()).update();
        says("Nothing of it is known by now");
        assertThat(last().messages("user")).anyMatch(text -> text.contains("40000"));
    }

    /** Who has asked us to remember nothing leaves that much for others, but not for the talk alone. */
    @Test
    void tellsWhatItFindsBesideALongTalkAndAFullProfile() {
        says("Hello, " + mark);
        town.sql().sql("""
                insert into profile_fact (contact_id, path, value, told_by, learned_at)
                select :contact, 'key_facts[]', 'The harbour is cold and wide, as told in story number ' || number, 'model', now() from generate_series(1, 40) as number
                """).param("contact", contact()).update();
        for (int promise = 0; promise < 4; promise++) {
            promise("us", "send the plans of cellar " + promise + ", and of all that is to be done there until the winter", Duration.ofDays(2));
        }
        town.model().says("We are sorry to hear that of the pump, and will see to it as soon as the people of the harbour let us in. ".repeat(8));
        for (int mail = 0; mail < 20; mail++) {
            customer.says("Pump %d of the cellar hums. ".formatted(mail) + "It is blue, and was painted by the people of the harbour. ".repeat(15));
            customer.hears();
        }
        await().until(() -> known() == 42);
        says("What did we say of pump 1 of the cellar?");
        assertThat(last().json().toString()).contains("<memory name=\\\"recall\\\"");
    }

    @Test
    void saysHowManyPromisesAreNotTold() {
        says("Hello, " + mark);
        for (int promise = 0; promise < 15; promise++) {
            promise("us", "do thing " + promise + ".", Duration.ofHours(promise + 1));
        }
        says("Good morning");
        assertThat(last().lastUser()).contains("do thing 0.", "do thing 11.", "Warning: 3 more open promises are not shown, 0 of them overdue").doesNotContain("do thing 12.");
    }

    @Test
    void keepsWhatTheModelSawWithEveryReply() {
        says("Hello, " + mark);
        note("high", "a friend of the house", null);
        says("One more");
        JsonNode frame = town.saw(town.sql().sql("select max(reply_id) from frame join message on message.id = reply_id where contact_id = :contact and author = 'scripted'")
                .param("contact", contact()).query(Long.class).single());
        assertThat(frame.at("/layers/0/name").asText()).isEqualTo("notes");
        assertThat(frame.at("/layers/0/lines/0/source").asText()).matches("note:\\d+");
        assertThat(frame.at("/layers/2/name").asText()).isEqualTo("recent");
        assertThat(frame.at("/layers/2/tokens").asInt()).isPositive();
        assertThat(frame.path("laid")).hasSize(4);
        assertThat(frame.at("/laid/0/text").asText()).isEqualTo(last().system());
    }

    @Test
    void letsARecentMessageThatIsTooLongEndWithASentence() {
        says("Hello, " + mark);
        says("We are looking for pumps of all kinds. ".repeat(400));
        says("Well?");
        List<String> said = last().messages("user");
        assertThat(said.get(1)).matches("(?s)(?:We are looking for pumps of all kinds\\. ?)+ \\[cut: the first \\d+ of \\d+ characters]");
    }

    @Test
    void findsWhatWasCutOffALongMessage() {
        says("Hello, " + mark);
        says("This is my list. " + IntStream.rangeClosed(1, 400).mapToObj(item -> "Item " + item + " is a valve of " + (item * 7 + 5_000) + " grams.").collect(Collectors.joining("\n")));
        await().until(() -> known() == 4);
        says("What was item 340 of my list?");
        assertThat(last().messages("user").get(1)).contains("[cut: ").doesNotContain("Item 340 is");
        assertThat(last().lastUser()).contains("Item 340 is a valve of 7380 grams.").endsWith("What was item 340 of my list?");
    }

    /** A mail that alone fills a small window is shortened, and leaves a third of it to memory. */
    @Test
    void tellsWhatWasSaidBeforeBesidesALongMailInASmallWindow() {
        try (var small = Town.with(Map.of("serai.models.main.window", 8_192))) {
            var visitor = small.visitor();
            for (String text : List.of("/remember we close at noon", "Our budget is 40000 euros", "Dear Serai. " + "我们在找各种水泵。".repeat(1_200) + "When?")) {
                visitor.says(text);
                visitor.hears();
            }
            var request = small.model().requests().getLast();
            assertThat(request.system()).contains("we close at noon");
            assertThat(request.messages("user")).anyMatch(text -> text.contains("40000"));
            assertThat(request.lastUser()).contains("Dear Serai.", "[cut: ").endsWith("我们在找各种水泵。When?");
            assertThat(Stream.of("system", "user", "assistant").flatMap(role -> request.messages(role).stream()).mapToInt(Tokens::in).sum()).isLessThan(5_400);
        }
    }

    private void says(String text) {
        town.model().says("Well.");
        customer.says(text);
        customer.hears();
    }

    private ScriptedModel.Request last() {
        return town.model().requests().getLast();
    }

    private long contact() {
        return town.sql().sql("select contact_id from message where text like '%' || :mark limit 1").param("mark", mark).query(Long.class).single();
    }

    private void note(String priority, String content, OffsetDateTime expires) {
        town.sql().sql("""
                insert into note (contact_id, category, content, priority, pinned, expires_at, created_by)
                values (:contact, 'warning', :content, :priority, true, :expires, 'ada')
                """)
                .param("contact", contact()).param("content", content).param("priority", priority).param("expires", expires).update();
    }

    private void learn(String path, String value) {
        town.sql().sql("insert into profile_fact (contact_id, path, value, told_by, learned_at) values (:contact, :path, :value, 'model', now())")
                .param("contact", contact()).param("path", path).param("value", value).update();
    }

    private void change(String path, String was, String now) {
        town.sql().sql("insert into profile_change (contact_id, path, was, now, changed_at) values (:contact, :path, :was, :now, now())")
                .param("contact", contact()).param("path", path).param("was", was).param("now", now).update();
    }

    private void promise(String who, String what, Duration due) {
        town.sql().sql("""
                insert into commitment (contact_id, who, what, due_at, message_id, made_at)
                select contact_id, :who, :what, now() + :due * interval '1 second', id, now() from message where text like '%' || :mark
                """)
                .param("who", who).param("what", what).param("due", due.toSeconds()).param("mark", mark).update();
    }
}
