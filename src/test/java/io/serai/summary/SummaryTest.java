package io.serai.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.deliver.Outbox;
import io.serai.message.Kind;
import io.serai.message.Post;
import io.serai.profile.Commitments;
import io.serai.profile.Figures;
import io.serai.profile.Profiles;
import io.serai.town.OfflineTown;
import io.serai.town.ScriptedModel;
import io.serai.town.Town;
import io.serai.town.Visitor;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Long talks, and talks that fall silent. */
@Tag("database")
class SummaryTest {

    private static final Town TOWN = Town.with(Map.of("serai.summary.every", 10, "serai.timers.idle", "0/1 * * * * ?",
            "serai.reflect.workers", 4));

    private final Visitor customer = TOWN.visitor();
    private final String mark = UUID.randomUUID().toString();
    private volatile String summary = "They want pumps.";

    @BeforeEach
    void script() {
        TOWN.model().answersBy(request -> request.system().startsWith("You keep the summary") ? summary : "Well.");
    }

    @AfterAll
    static void close() {
        TOWN.close();
    }

    /** Acceptance scene 1. */
    @Test
    void remembersTheBudgetPastACompaction() {
        talksPastACompaction();
        says("What was the budget I mentioned earlier?");
        var request = prompt();
        assertThat(request.system()).contains("They want pumps.", "$40,000");
        assertThat(request.system().indexOf("ask my boss")).as("the newest first").isLessThan(request.system().indexOf("PO-4711"));
        assertThat(request.messages("user")).as("the last three turns and what came after the compaction").hasSizeLessThan(12);
        String all = request.json().toString();
        assertThat(all).contains("PO-4711", "12 %", "3 March", "ask my boss", "Do you ship to Norway?");
        assertThat(texts("select text from message where role = 'system' and contact_id = :contact")).isNotEmpty()
                .allSatisfy(text -> assertThat(text).startsWith("The talk up to here in short: They want pumps."));
    }

    @Test
    void findsTheSummaryOfATalkOnceThatIsOver() {
        talksPastACompaction();
        await().until(() -> !texts("select message_id::text from recollection where role = 'system' and contact_id = :contact").isEmpty());
        says("They want pumps, in short?");
        assertThat(prompt().json().toString()).as("told by its own layer").doesNotContain("The talk up to here in short");
        says("/new");
        says("They want pumps, in short?");
        assertThat(prompt().lastUser()).contains("The talk up to here in short: They want pumps.");
    }

    @Test
    void losesNoFigureHoweverBadTheModelIs() {
        summary = "Hm. 99 balloons.";
        talksPastACompaction();
        var kept = Figures.of(String.join("\n", texts("""
                select text || ' ' || verbatim from summary where contact_id = :contact order by up_to desc, id desc limit 1""")));
        texts("""
                select message.text from message join conversation on conversation.id = conversation_id
                where message.contact_id = :contact and message.role = 'user' and message.id <= compacted_to""")
                .forEach(text -> assertThat(kept).as(text).containsAll(Figures.of(text.replace(mark, ""))));
    }

    @Test
    void makesDoWithWhatWasSaidWhenTheModelFailsAndTriesAgain() {
        summary = "";
        for (int turn = 0; turn < 6; turn++) {
            says("Number " + turn + " of our wishes, " + mark);
        }
        await().until(() -> texts("select made_by from summary where contact_id = :contact").contains("extract"));
        assertThat(texts("select text from summary where contact_id = :contact")).first().asString().startsWith("They said: \"Number 0");
        summary = "They have wishes.";
        says("And one more");
        await().untilAsserted(() -> assertThat(texts("select text from summary where contact_id = :contact and made_by = 'model'")).contains("They have wishes."));
    }

    @Test
    void showsAModelNoMoreThanFitsAndChecksAllOfIt() {
        says("Hello, " + mark);
        told("'On the last page: 4711 units. '", 1, "repeat('So it goes on and on. ', 10000) || ");
        for (int turn = 0; turn < 6; turn++) {
            says("Well, well");
        }
        await().until(() -> !texts("select made_by from summary where contact_id = :contact").isEmpty());
        assertThat(TOWN.model().requests().stream().filter(request -> request.system().startsWith("You keep the summary")).map(ScriptedModel.Request::lastUser))
                .anySatisfy(text -> assertThat(text).contains("So it goes on", "[cut: the first ")).allSatisfy(text -> assertThat(text).hasSizeLessThan(70_000));
        assertThat(texts("select verbatim::text from summary where contact_id = :contact")).first().asString().contains("4711 units");
    }

    @Test
    void goesOnFromWhatWasSaidWhenNoModelEverTellsIt() {
        summary = "";
        says("Hello, " + mark);
        told("'Good. '", 310, "");
        says("Well, well");
        await().until(() -> texts("select made_by from summary where contact_id = :contact").contains("extract"));
        long told = upTo();
        says("Well, and so on");
        await().untilAsserted(() -> assertThat(upTo()).as("no longer the same 300 messages").isGreaterThan(told + 5));
    }

    /** Or a long talk would take room with the square of its length. */
    @Test
    void quotesASentenceOnceHoweverOftenATalkIsToldInShort() {
        says("Hello, " + mark);
        for (int turn = 0; turn < 20; turn++) {
            says("We want " + (4700 + turn) + " pumps.");
        }
        await().until(() -> texts("select text from summary where contact_id = :contact").size() >= 3);
        assertThat(texts("select kept ->> 'text' from summary, jsonb_array_elements(verbatim) as kept where contact_id = :contact")).doesNotHaveDuplicates();
        assertThat(texts("select verbatim from summary where contact_id = :contact order by up_to desc limit 1")).singleElement().asString()
                .contains(texts("select text from message where role = 'user' and text like 'We want%' and contact_id = :contact and id <= " + upTo()));
    }

    /** What rules wrote is told anew, from what a model wrote last. */
    @Test
    void goesOnFromAllThatAModelQuotedWhenItFailedInBetween() {
        says("Hello, " + mark);
        says("We want 4711 pumps.");
        talksUntil("model");
        summary = "";
        says("And 4712 valves.");
        talksUntil("extract");
        summary = "They want things.";
        says("And what else?");
        await().untilAsserted(() -> assertThat(texts("select text || verbatim from summary where contact_id = :contact order by up_to desc, id desc limit 1"))
                .singleElement().asString().contains("They want things.", "4711", "4712"));
    }

    private void talksUntil(String by) {
        await().until(() -> {
            says("Well, well");
            return texts("select made_by from summary where contact_id = :contact order by up_to desc, id desc limit 1").equals(List.of(by));
        });
    }

    @Test
    void tellsTheNewestOfWhatIsQuotedAndReadsNoMoreThanCanBeTold() {
        says("Hello, " + mark);
        TOWN.sql().sql("""
                insert into summary (contact_id, conversation_id, text, verbatim, up_to, made_by, created_at)
                select contact_id, conversation_id, 'They want pumps.',
                       (select jsonb_agg(jsonb_build_object('message', id, 'text', 'Wish ' || number || ' of theirs') order by number)
                        from generate_series(1, 2000) as number),
                       id, 'model', now()
                from message where role = 'user' and text like '%' || :mark
                """).param("mark", mark).update();
        says("And now?");
        assertThat(prompt().system()).containsSubsequence("They want pumps.", "Wish 2000 of theirs", "Wish 1999 of theirs", "Wish 1980 of theirs");
        var layers = TOWN.saw(Long.parseLong(texts("select max(answer_id)::text from message where contact_id = :contact").getFirst())).path("layers");
        assertThat(layers).filteredOn(layer -> layer.path("name").asText().equals("summary")).singleElement()
                .satisfies(layer -> assertThat(layer.path("lines").size() + layer.path("cuts").size()).isBetween(100, 302));
    }

    private long upTo() {
        return Long.parseLong(texts("select max(up_to)::text from summary where contact_id = :contact").getFirst());
    }

    private void told(String text, int times, String before) {
        TOWN.sql().sql("""
                insert into message (conversation_id, contact_id, role, text, channel, account, external_id, tokens, said_at)
                select conversation_id, contact_id, role, %s%s, channel, account, :mark || number, 1, said_at
                from message, generate_series(1, %d) as number where role = 'user' and text like '%%' || :mark
                """.formatted(before, text, times)).param("mark", mark).update();
    }

    /** Acceptance scene 7. */
    @Test
    void tellsWhereThingsStoodAfterThreeWeeksAndThenNoMore() {
        says("We need a pump for the cellar, " + mark);
        says("It may be blue");
        says("Let me think about it");
        summary = "They want a blue pump for the cellar.";
        TOWN.sql().sql("""
                insert into commitment (contact_id, who, what, due, due_at, message_id, made_at)
                select contact_id, 'us', 'send the plan', 'by Friday', :end, id, now() from message where role = 'user' and text like '%' || :mark
                """)
                .param("end", LocalDate.of(2026, 11, 28).atStartOfDay(ZoneId.systemDefault()).toOffsetDateTime()).param("mark", mark).update();
        TOWN.sql().sql("update message set said_at = said_at - interval '21 days' where contact_id = (select contact_id from message where text like '%' || :mark limit 1)")
                .param("mark", mark).update();
        await().untilAsserted(() -> assertThat(texts("select text from summary where contact_id = :contact")).singleElement().asString().contains("a blue pump for the cellar"));
        says("Here I am again");
        assertThat(prompt().lastUser()).contains("<memory name=\"reactivation\"", "21 days of silence. Where things stood: They want a blue pump for the cellar.",
                "we promised: send the plan (due Fri 27 Nov 2026");
        says("So?");
        assertThat(prompt().lastUser()).doesNotContain("days of silence");
    }

    @Test
    void tellsWhereThingsStandAndNotWhereTheyStoodWhenTheTalkFellQuiet() {
        talksAwhile();
        summary = "They want a blue pump for the cellar.";
        for (String fact : List.of("'stage', 'pitched'", "'next_step', 'send a quote'", "'last_topic', 'pumps'")) {
            TOWN.sql().sql("insert into profile_fact (contact_id, path, value, told_by, learned_at) values (%d, %s, 'model', now())".formatted(contact(), fact)).update();
        }
        TOWN.sql().sql("""
                insert into commitment (contact_id, who, what, message_id, made_at)
                select contact_id, 'us', 'send the quote', max(id), now() from message where contact_id = %d group by contact_id""".formatted(contact())).update();
        falls(21);
        await().until(() -> !texts("select text from summary where contact_id = :contact").isEmpty());
        var profiles = TOWN.bean(Profiles.class);
        for (var known : profiles.of(contact())) {
            switch (known.path()) {
                case "stage" -> profiles.correct(contact(), known, "negotiation", "ada");
                case "next_step" -> profiles.delete(contact(), known, "ada");
                default -> { }
            }
        }
        TOWN.bean(Commitments.class).done(contact(), Long.parseLong(texts("select id::text from commitment where contact_id = :contact").getFirst()));
        says("Here I am again");
        assertThat(prompt().lastUser()).contains("21 days of silence. Stage: negotiation. Last topic: pumps. Where things stood: They want a blue pump for the cellar.")
                .doesNotContain("pitched", "send a quote", "send the quote");
    }

    @Test
    void putsATalkToRestThatWeSpokeLastIn() {
        talksAwhile();
        long conversation = TOWN.sql().sql("select id from conversation where contact_id = " + contact()).query(Long.class).single();
        long post = TOWN.bean(Outbox.class).post(Post.of(Kind.CONVERSATION, conversation, "ada", "I have a question about the cellar."));
        customer.hears();
        summary = "They want a blue pump, and we asked about the cellar.";
        falls(21);
        await().untilAsserted(() -> assertThat(texts("select text from summary where contact_id = :contact")).singleElement().asString().contains("we asked about the cellar"));
        assertThat(texts("select max(up_to)::text from summary where contact_id = :contact")).as("read up to the last message").containsExactly(String.valueOf(post));
    }

    @Test
    void triesAgainWhenATalkCannotBePutToRest() {
        talksAwhile();
        TOWN.sql().sql("alter table summary add constraint broken check (contact_id <> " + contact() + ")").update();
        falls(21);
        await().until(() -> !texts("select error from work join conversation on conversation.id = conversation_id where contact_id = :contact and error like '%broken%'").isEmpty());
        TOWN.sql().sql("alter table summary drop constraint broken").update();
        await().until(() -> !texts("select text from summary where contact_id = :contact").isEmpty());
    }

    private void talksAwhile() {
        says("We need a pump for the cellar, " + mark);
        says("It may be blue");
        says("Let me think about it");
        await().until(() -> texts("""
                select subject_id::text from work join conversation on conversation.id = conversation_id where contact_id = :contact and queue = 'reflections'""").isEmpty());
    }

    private void falls(int days) {
        TOWN.sql().sql("update message set said_at = said_at - :days * interval '1 day' where contact_id = " + contact()).param("days", days).update();
    }

    @Test
    @ResourceLock(OfflineTown.LOCK)
    void keepsEverythingWithoutALanguageModelToo() {
        var sql = OfflineTown.town().sql();
        Visitor visitor = OfflineTown.town().visitor();
        visitor.says("Hi, we are Acme, our budget is $40,000 for the pumps. " + mark);
        visitor.hears();
        for (int turn = 0; turn < 22; turn++) {
            visitor.says("The weather is fine in village " + turn);
            visitor.hears();
        }
        await().until(() -> sql.sql("select compacted_to from conversation where id = (select conversation_id from message where role = 'user' and text like '%' || :mark)")
                .param("mark", mark).query(Long.class).single() > 0);
        visitor.says("What was the budget I mentioned?");
        assertThat(visitor.hears()).contains("$40,000");
    }

    private void talksPastACompaction() {
        for (int turn = 0; turn < 25; turn++) {
            says(switch (turn) {
                case 0 -> "Hello, " + mark;
                case 4 -> "We are Acme and our budget is $40,000 for order PO-4711, at 12 % discount";
                case 5 -> "It must be there on 3 March. I need to ask my boss.";
                case 6 -> "Do you ship to Norway?";
                default -> "Let us talk of this and that";
            });
        }
        await().until(() -> TOWN.sql().sql("select compacted_to from conversation where contact_id = " + contact()).query(Long.class).single() > 0);
        await().until(() -> !texts("select text from message where role = 'system' and contact_id = :contact").isEmpty());
    }

    private void says(String text) {
        customer.says(text);
        customer.hears();
    }

    private ScriptedModel.Request prompt() {
        return TOWN.model().requests().stream().filter(request -> request.lastUser().contains("<now>")).toList().getLast();
    }

    private long contact() {
        return TOWN.sql().sql("select contact_id from message where text like '%' || :mark limit 1").param("mark", mark).query(Long.class).single();
    }

    private List<String> texts(String query) {
        return TOWN.sql().sql(query).param("contact", contact()).query(String.class).list();
    }
}
