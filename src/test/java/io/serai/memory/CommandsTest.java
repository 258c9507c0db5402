package io.serai.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.message.Inbound;
import io.serai.town.Town;
import io.serai.town.Visitor;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What customers can order, with and without a slash. */
@Tag("database")
@ResourceLock(Town.SHARED)
class CommandsTest {

    private final Town town = Town.shared();
    private final Visitor customer = town.visitor();
    private final String mark = UUID.randomUUID().toString();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/remember we close at noon                        | I will remember: we close at noon",
        "Remember that I'm travelling 3 to 7 March         | I will remember: I'm travelling 3 to 7 March",
        "please remember: the gate is green                | I will remember: the gate is green",
        "/merke wir schließen um zwölf                     | I will remember: wir schließen um zwölf",
        "/Remember the gate is red                         | I will remember: the gate is red",
        "Merk dir, dass wir um zwölf schließen             | I will remember: wir um zwölf schließen",
        "Do you remember that time in Rome?                | Well.",
        "I remember that we met                            | Well.",
        "Remember that?                                    | Well.",
        "Remember that pump you quoted? Send 20.           | Well.",
        "Forget that order, we want 300 units instead.     | Well.",
        "Forget that we close at noon                      | I know nothing like that.",
    })
    void areUnderstoodInPlainWordsToo(String said, String answer) {
        town.model().says("Well.");
        customer.says(said);
        customer.hears(answer);
    }

    @Test
    void rememberWhatStandsInThePromptBesideALongTalkAndAllThatIsFoundOfIt() {
        town.model().says("Well.");
        customer.says("/remember the gate is green " + mark);
        customer.hears();
        for (int mail = 0; mail < 14; mail++) {
            customer.says("Pump %d of the cellar hums. ".formatted(mail) + "It is blue, and was painted by the people of the harbour. ".repeat(60));
            customer.hears();
        }
        reflects();
        customer.says("What did we say of the blue pump of the cellar last time? " + "We write a lot, as you know. ".repeat(40));
        customer.hears();
        assertThat(lastPrompt()).contains("<memory name=\\\"recall\\\"", "the gate is green " + mark);
    }

    @Test
    void forgetOnlyWhatIsConfirmed() {
        customer.says("/remember the gate code is 4711 " + mark);
        customer.hears();
        customer.says("/forget the gate code");
        String asks = customer.hears();
        assertThat(asks).startsWith("Shall I forget this?").contains("4711");
        String id = asks.replaceAll("(?s).*`/forget (f\\d+) yes`.*", "$1");
        Visitor stranger = town.visitor();
        stranger.says("/forget " + id + " yes");
        stranger.hears("I know nothing under this number.");
        customer.says("/forget " + id + " yes");
        customer.hears("I have forgotten it, and do not find it any more, nor where I repeated its figures, unless you said them elsewhere. "
                + "The record of our talk still has what was written, and what other messages say of it stays.");
        customer.says("/forget");
        customer.hears("There is nothing that I could forget.");
        assertThat(town.sql().sql("select count(*) from fact where text like '%' || :mark").param("mark", mark).query(Integer.class).single()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "我家的门禁密码是4711            | 门禁密码     | 4711",
        "รหัสประตูคือ 4711               | ประตู       | 4711",
        "unser Warenlager ist mittwochs zu | lager       | mittwochs",
        "we close at noon                | closing     | noon",
    })
    void forgetWhatIsFoundByAPartOfIt(String known, String word, String told) {
        customer.says("/remember " + known);
        customer.hears();
        customer.says("/remember the dog is called Rex");
        customer.hears();
        customer.says("/forget " + word);
        assertThat(customer.hears()).startsWith("Shall I forget this?").contains(told).doesNotContain("Rex", "more");
        customer.says("/forget 大象");
        customer.hears("I know nothing like that.");
    }

    @Test
    void forgetListsTheNewestFirstAndSaysThatThereIsMore() {
        for (int fact = 1; fact <= 12; fact++) {
            customer.says("/remember fact number " + fact + ".");
            customer.hears();
        }
        customer.says("/forget");
        String asks = customer.hears();
        assertThat(asks).containsSubsequence("number 12.", "number 11.", "number 10.", "number 9.", "number 3.", "And 2 more: ").doesNotContain("number 2.");
    }

    @Test
    void forgetSoThatNothingFindsItAnyMore() {
        town.model().says("Well.");
        customer.says("/remember the gate code is 4711 " + mark);
        customer.hears();
        reflects();
        customer.says("/recall what is the gate code?");
        assertThat(customer.hears()).contains("the gate code is 4711");
        customer.says("/forget the gate code is 4711");
        String id = customer.hears().replaceAll("(?s).*`/forget (f\\d+) yes`.*", "$1");
        customer.says("/forget " + id + " yes");
        customer.hears();
        customer.says("And what else?");
        customer.hears();
        reflects();
        customer.says("/recall what is the gate code?");
        assertThat(customer.hears()).doesNotContain("4711");
        assertThat(found("recollection join message on message.id = message_id where text like '%4711%'")).isZero();
        assertThat(found("recollection_word as message where word = '4711'")).as("nor do the words of it").isZero();
    }

    @Test
    void forgetWhatWeRepeatedOfItTooButNothingOfOthers() {
        Visitor stranger = town.visitor();
        for (Visitor one : List.of(customer, stranger)) {
            one.says("/remember the gate code is 4711");
            one.hears();
            town.model().says("We ship 300 pumps at noon.");
            one.says("What do you ship? " + mark);
            one.hears();
            town.model().says("It is 4 711.");
            one.says("What is the code?");
            one.hears();
        }
        reflects();
        town.sql().sql("""
                insert into summary (contact_id, conversation_id, text, verbatim, up_to, made_by, created_at)
                select contact_id, conversation_id, 'They want pumps.', jsonb_build_array(jsonb_build_object('message', id, 'text', 'The code?')), answer_id, 'extract', now()
                from message where role = 'user' and text like '%' || :mark
                """).param("mark", mark).update();
        List<String> others = rowsOfRules();
        assertThat(others).hasSize(2);
        town.sql().sql("""
                insert into summary (contact_id, conversation_id, text, verbatim, up_to, made_by, created_at)
                select contact_id, conversation_id, 'Their code is 4711, and they want pumps.',
                       jsonb_build_array(jsonb_build_object('message', answer_id, 'text', 'It is 4 711.'), jsonb_build_object('message', id, 'text', 'The code?')),
                       answer_id, 'model', now()
                from message where role = 'user' and text like '%' || :mark
                """).param("mark", mark).update();
        town.sql().sql("""
                insert into commitment (contact_id, who, what, due, message_id, made_at)
                select contact_id, 'us', what, due, id, now()
                from message, (values ('paint 4711 on the gate', 'soon'), ('paint the door', 'once 4711 opens it'), ('paint the fence', 'soon')) as promise (what, due)
                where role = 'assistant' and text = 'It is 4 711.' and conversation_id in (select conversation_id from message where text like '%' || :mark)
                """).param("mark", mark).update();
        customer.says("/forget the gate code");
        String id = customer.hears().replaceAll("(?s).*`/forget (f\\d+) yes`.*", "$1");
        customer.says("/forget " + id + " yes");
        customer.hears();
        assertThat(rowsOfRules()).as("what tells nothing of it is not written anew").isEqualTo(others);
        town.model().says("Well.");
        customer.says("And the code of the gate, once more?");
        customer.hears();
        assertThat(lastPrompt()).contains("What is the code?", "We ship 300 pumps", "Their code is [forgotten], and they want pumps.", "The code?", "paint the fence")
                .doesNotContain("4711", "4 711");
        stranger.says("And the code of the gate, once more?");
        stranger.hears();
        assertThat(lastPrompt()).as("what was said to another stays").contains("the gate code is 4711", "It is 4 711.", "Their code is 4711");
    }

    private List<String> rowsOfRules() {
        return town.sql().sql("""
                select id || ' in ' || xmin from summary
                where made_by = 'extract' and conversation_id in (select conversation_id from message where text like '%' || :mark) order by id
                """).param("mark", mark).query(String.class).list();
    }

    private String lastPrompt() {
        return town.model().requests().getLast().json().toString();
    }

    @Test
    void forgetWhatWasLearnedOfItAlone() {
        town.model().says("Well.");
        customer.says("Remember that Acme sends the plan " + mark);
        customer.hears();
        customer.says("Acme is in Rome " + mark);
        customer.hears();
        reflects();
        String remembered = "from message where role = 'user' and text like 'Remember%' || :mark";
        town.sql().sql("""
                insert into profile_fact (contact_id, path, value, message_id, again_id, told_by, learned_at)
                select contact_id, 'identity.name', 'Plan', id, null, 'model', now() %1$s
                union all
                select contact_id, 'identity.company', 'Acme', id, (select max(id) from message where text like 'Acme%%' || :mark), 'model', now() %1$s
                on conflict (contact_id, path, lower(value)) do update set message_id = excluded.message_id, again_id = excluded.again_id
                """.formatted(remembered)).param("mark", mark).update();
        town.sql().sql("insert into commitment (contact_id, who, what, message_id, made_at) select contact_id, 'them', 'the plan', id, now() " + remembered)
                .param("mark", mark).update();

        customer.says("/forget the plan");
        String id = customer.hears().replaceAll("(?s).*`/forget (f\\d+) yes`.*", "$1");
        customer.says("/forget " + id + " yes");
        customer.hears();

        assertThat(town.sql().sql("""
                select value from profile_fact where deleted_by is null and path in ('identity.name', 'identity.company')
                  and contact_id in (select contact_id from message where text like '%' || :mark)
                """).param("mark", mark).query(String.class).list()).containsExactly("Acme");
        assertThat(town.sql().sql("select count(*) from commitment where message_id in (select id from message where text like '%' || :mark)")
                .param("mark", mark).query(Integer.class).single()).isZero();
    }

    /** A change is learned of the later message, and tells what the earlier one said. */
    @Test
    void forgetThatItBecameSomethingElse() {
        town.model().says("Well.");
        customer.says("Remember that Bolt pays $40,000 to ship and 47,520 to build");
        assertThat(customer.hears()).startsWith("I will remember");
        customer.says("As for Rome, we pay 30,000. " + mark);
        customer.hears();
        reflects();
        String later = "from message where role = 'user' and text like '%' || :mark";
        town.sql().sql("""
                with known as (
                    insert into profile_fact (contact_id, path, value, message_id, told_by, learned_at)
                    select contact_id, path, now, id, 'model', now()
                    from message, (values ('bant.budget', '50 001'), ('bant.authority', 'Ann'), ('bant.need', '47 520'), ('bant.timeline', 'spring'),
                        ('preferences.tone', 'warm')) as claim (path, now)
                    where role = 'user' and text like '%' || :mark
                )
                insert into profile_change (contact_id, path, was, now, message_id, changed_at)
                select contact_id, path, was, now, id, now()
                from message, (values ('bant.budget', '47520 EUR', '50 001'), ('bant.budget', '40 000', '50 001'), ('bant.authority', 'Bolt', 'Ann'),
                    ('bant.need', '2', '47 520'), ('bant.timeline', '30,000', 'spring'), ('preferences.tone', 'Rome', 'warm')) as change (path, was, now)
                where role = 'user' and text like '%' || :mark
                """).param("mark", mark).update();
        customer.says("/forget Bolt");
        String id = customer.hears().replaceAll("(?s).*`/forget (f\\d+) yes`.*", "$1");
        customer.says("/forget " + id + " yes");
        assertThat(customer.hears()).startsWith("I have forgotten it");
        assertThat(town.sql().sql("select was || ' > ' || now from profile_change where message_id in (select id " + later + ")").param("mark", mark)
                .query(String.class).list()).containsExactlyInAnyOrder("30,000 > spring", "Rome > warm");
        customer.says("And now?");
        customer.hears();
        assertThat(lastPrompt()).contains("bant.timeline was 30,000, now spring").doesNotContain("was 47520", "was 40 000", "was Bolt", "now 47 520");
    }

    private int found(String where) {
        return town.sql().sql("select count(*) from " + where + " and message.conversation_id in (select conversation_id from message where text like '%' || :mark)")
                .param("mark", mark).query(Integer.class).single();
    }

    private void reflects() {
        await().until(() -> town.sql().sql("""
                select count(*) from work where queue = 'reflections' and conversation_id in (select conversation_id from message where text like '%' || :mark)
                """).param("mark", mark).query(Integer.class).single() == 0);
    }

    @Test
    void unlearnAndSayWhatIsLeft() {
        customer.says("Hello " + mark);
        customer.hears();
        town.sql().sql("""
                insert into profile_fact (contact_id, path, value, told_by, learned_at)
                select contact_id, 'bant.budget', '40 000', 'model', now() from message where text like '%' || :mark limit 1
                """).param("mark", mark).update();
        customer.says("/forget 40");
        String id = customer.hears().replaceAll("(?s).*`/forget (p\\d+) yes`.*", "$1");
        customer.says("/forget " + id + " ja");
        customer.hears("I have taken it out of what I know of you. What was said of it still stands in our talk, where I may come across it.");
    }

    @Test
    void findWhatWasSaid() {
        town.model().says("Well.");
        customer.says("The blue pump costs 900 euros " + mark);
        customer.hears();
        await().until(() -> town.sql().sql("select count(*) from recollection join message on message.id = message_id where text like '%' || :mark")
                .param("mark", mark).query(Integer.class).single() == 1);
        customer.says("/recall the price of the blue pump");
        assertThat(customer.hears()).contains("you: The blue pump costs 900 euros " + mark);
        Visitor stranger = town.visitor();
        stranger.says("/recall the price of the blue pump");
        stranger.hears("I find nothing about that.");
    }

    @Test
    void exportWhatIsKnownButNoNotesWhereNoLinkCanBeSent() {
        writes("/remember we close at noon " + mark);
        town.sql().sql("""
                insert into note (contact_id, category, content, priority, pinned, created_by)
                select contact_id, 'warning', 'a difficult person', 'high', true, 'ada' from message where text like '%' || :mark limit 1
                """).param("mark", mark).update();
        town.sql().sql("""
                insert into commitment (contact_id, who, what, due, due_at, message_id, made_at)
                select contact_id, 'us', 'paint it', 'by Friday', '2026-11-28T00:00Z', id, now() from message where text like '%' || :mark limit 1
                """).param("mark", mark).update();
        assertThat(writes("/export")).startsWith("```json\n").contains("we close at noon " + mark, "\"due\": \"by Friday\"").doesNotContain("difficult", "/export.html");
    }

    @Test
    void exportWhatWasSaidLastAndNoMoreThanAChatCanBear() {
        town.model().says("Well.");
        writes("The last word " + mark);
        town.sql().sql("""
                insert into message (conversation_id, contact_id, address_id, role, text, channel, account, external_id, tokens, said_at)
                select conversation_id, contact_id, address_id, 'user', repeat('x', 1000) || number, channel, account, :mark || number, 1, said_at
                from message, generate_series(1, 20) number where text like '%' || :mark
                """).param("mark", mark).update();
        assertThat(writes("/export")).contains("x20\"", "x6\"", "Ask us").doesNotContain("x5\"", "The last word").hasSizeLessThan(20_000);
    }

    @Test
    void exportWhatWasKnownOfWhoTurnedOutToBeThem() {
        writes("/remember we close at noon " + mark);
        town.sql().sql("""
                with other as (
                    insert into contact (name, merged_into) select 'Ada', contact_id from message where text like '%' || :mark limit 1 returning id
                ), said as (
                    insert into message (conversation_id, contact_id, address_id, role, text, channel, account, tokens, said_at)
                    select conversation_id, contact_id, address_id, 'assistant', 'By a colleague.', channel, account, 1, said_at
                    from message where role = 'user' and text like '%' || :mark limit 1
                )
                insert into profile_fact (contact_id, path, value, told_by, learned_at) select id, 'identity.company', 'Acme', 'model', now() from other
                """).param("mark", mark).update();
        assertThat(writes("/export")).contains("\"value\": \"Acme\"", "By a colleague.");
    }

    /** By a channel that has no page of ours. */
    private String writes(String text) {
        return town.answer(town.receives(Inbound.of("webhook", "", mark, UUID.randomUUID().toString(), text, town.clock().instant())));
    }

    @Test
    void areSpeltInLettersOfAnyLanguage() {
        customer.says("/verknüpfe");
        assertThat(customer.hears()).contains("`/link ");
    }

    @Test
    void areListed() {
        customer.says("/hilfe");
        String help = customer.hears();
        List.of("remember", "recall", "forget", "export", "new", "link", "help").forEach(word -> assertThat(help).contains("`/" + word));
    }
}
