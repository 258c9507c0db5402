package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.contact.Belongings;
import io.serai.contact.Merges;
import io.serai.memory.Disclosure;
import io.serai.message.Came;
import io.serai.message.Circumstances;
import io.serai.message.Inbound;
import io.serai.message.Receipt;
import io.serai.town.Town;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What people are given who ask for all that is kept about them, and who is given nothing. */
@Tag("database")
@ResourceLock(Gate.LOCK)
class ExportDoorTest {

    private static final String LINK = "(?s).*\\]\\(https://hub\\.example\\.com/export\\.html#([A-HJ-NP-Z2-9]{5}(?:-[A-HJ-NP-Z2-9]{5}){5})\\).*";

    private final String user = "user-" + UUID.randomUUID();
    private final Caller person = Gate.stranger();

    @Test
    void givesAllOfItAndNothingThatOperatorsNoted() {
        says("/remember my dog is called Rex");
        Receipt said = says("My name is Ada");
        furnish(said);
        var answer = fetch(code());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Content-Disposition")).matches("attachment; filename=\"my-data-\\d{4}-\\d\\d-\\d\\d\\.json\"");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        JsonNode all = answer.json();
        assertThat(all.at("/addresses/0/handle").asText()).isEqualTo(user);
        assertThat(all.at("/profile/0/value").asText()).isEqualTo("Acme");
        assertThat(all.path("profile")).as("what was taken out is not known").hasSize(1);
        assertThat(all.at("/remembered/0/text").asText()).isEqualTo("my dog is called Rex");
        assertThat(all.at("/promises/0/what").asText()).isEqualTo("send the quote");
        assertThat(all.at("/promises/0/due").asText()).as("as it was promised").isEqualTo("by Friday");
        assertThat(all.at("/promises/0/overdueFrom").asText()).isEqualTo("2026-11-28T00:00:00+00:00");
        assertThat(all.at("/conversations/0/key").asText()).isEqualTo("main");
        assertThat(all.at("/conversations/0/messages").findValuesAsText("text"))
                .containsExactly("/remember my dog is called Rex", "My name is Ada", "Well.", "/export");
        assertThat(all.at("/conversations/0/messages/1/attachments/0/name").asText()).isEqualTo("plan.pdf");
        assertThat(all.at("/conversations/1/messages/0/text").asText()).as("each talk").isEqualTo("A deal");
        assertThat(all.path("complete").asBoolean()).isTrue();
        assertThat(answer.text()).doesNotContain("difficult", "secret place");
    }

    @Test
    void breaksOffRatherThanPassAPartForTheWhole() {
        Receipt said = says("Hello");
        tells(said, 1, 1_000);
        Gate.town().sql().sql("update message set attachments = '{}' where id = (select max(id) from message where contact_id = ?)")
                .param(said.contact().id()).update();

        assertThatThrownBy(() -> fetch(code())).as("half of a file was told by then").hasCauseInstanceOf(IOException.class);
    }

    @Test
    void readsAFewMessagesAtATime() throws IOException {
        Receipt said = says("Hello");
        tells(said, 1, 1_000);
        var file = new ByteArrayOutputStream() {

            @Override
            public synchronized void write(byte[] bytes, int from, int length) {
                if (size() == 0) { // the first of it is on its way
                    tells(said, 1_001, 1_001);
                }
                super.write(bytes, from, length);
            }
        };
        Gate.town().bean(Disclosure.class).write(said.contact().id(), file);
        assertThat(new ObjectMapper().readTree(file.toByteArray()).at("/conversations/0/messages").findValuesAsText("text"))
                .as("what was said meanwhile is in it").hasSize(1_003).last().asString().endsWith("1001");
    }

    private void tells(Receipt said, int first, int last) {
        Gate.town().sql().sql("""
                insert into message (conversation_id, contact_id, role, text, channel, account, external_id, tokens, said_at)
                select :conversation, :contact, 'user', repeat('"x" ', 250) || number, 'webhook', '', :user || number, 1, now() from generate_series(:first, :last) number
                """).param("conversation", said.conversation().id()).param("contact", said.contact().id()).param("user", user)
                .param("first", first).param("last", last).update();
    }

    @Test
    void takesACodeAFewTimesAndHoweverItIsTyped() {
        String code = code();
        assertThat(fetch(code).status()).isEqualTo(200);
        assertThat(fetch(code.toLowerCase().replace("-", "")).status()).isEqualTo(200);
        assertThat(fetch(" " + code + " ").status()).isEqualTo(200);
        assertThat(fetch(code).status()).isEqualTo(404);
        assertThat(fetch(code()).status()).isEqualTo(200);
    }

    @Test
    void takesNoCodeThatIsTooOldOrWasReplaced() {
        String replaced = code();
        String code = code();
        assertThat(fetch(replaced).status()).isEqualTo(404);
        Gate.town().clock().passes(Duration.ofHours(25));
        try {
            assertThat(fetch(code).status()).isEqualTo(404);
        } finally {
            Gate.town().clock().passes(Duration.ofHours(-25));
        }
        assertThat(fetch(code).status()).isEqualTo(200);
    }

    @Test
    void keepsNoCodeButItsHash() {
        String code = code();
        assertThat(Gate.town().sql().sql("select encode(hash, 'escape') from export_code join address on address.id = address_id where handle = ?").param(user)
                .query(String.class).single()).doesNotContain(code, code.replace("-", ""));
    }

    @Test
    void opensNothingOnceTheAddressIsSomebodyElses() {
        var other = new ExportDoorTest();
        Receipt kept = other.says("I am in purchasing");
        long merged = says("My dog is called Rex").contact().id();
        String before = code();
        var merge = Gate.town().bean(Merges.class).merge(kept.contact().id(), merged, "ada");
        assertThat(fetch(before).status()).as("merged away").isEqualTo(404);
        String meanwhile = code();
        assertThat(fetch(meanwhile).text()).contains("Rex", "purchasing");
        Gate.town().bean(Merges.class).undo(merge.id(), "ada");
        assertThat(fetch(meanwhile).status()).as("what it opened is no longer theirs").isEqualTo(404);
        assertThat(fetch(code()).text()).contains("Rex").doesNotContain("purchasing");
    }

    @Test
    void opensNothingOfWhoWasErased() {
        String code = code();
        long contact = says("Hello").contact().id();
        Gate.town().bean(Belongings.class).erase(contact, "ada");
        assertThat(fetch(code).status()).isEqualTo(404);
        assertThat(Gate.town().sql().sql("select count(*) from export_code where asked_by = ?").param(contact).query(Integer.class).single()).isZero();
    }

    @Test
    void givesNothingWhereOthersMayReadOrTheSenderMayBeForged() {
        says("My dog is called Rex");
        String code = code();
        assertThat(answer(says("/export", Circumstances.PLAIN.unverified()))).endsWith("not here.");
        assertThat(fetch(code).status()).as("the real one's").isEqualTo(200);
        assertThat(answer(says("/export", Came.inGroup(true)))).endsWith("not here.");
        assertThat(fetch(code).status()).as("it turned out to be a group").isEqualTo(404);
    }

    @Test
    void saysHowLongTheLinkHoldsAndWhereToTypeTheCode() {
        assertThat(answer(says("/exportiere"))).matches(LINK).contains("24 hours", "3 downloads", "open https://hub.example.com/export.html and type this code: `");
    }

    @Test
    @ResourceLock(Town.SHARED)
    void linksToThePageNextDoorInTheWebChat() {
        var visitor = Town.shared().visitor();
        visitor.says("/export");
        String code = visitor.hears().replaceAll("(?s).*`/export\\.html#([A-Z2-9-]{35})`.*", "$1");
        assertThat(new Caller(Town.shared()).postsForm("/api/export", "code=" + code).json().at("/addresses/0/channel").asText()).isEqualTo("web-chat");
    }

    @Test
    void countsWrongCodesAndLeadsABrowserBackToThePage() {
        Caller guesser = new Caller(Gate.town(), "127.0.0.91");
        String right = code();
        for (int guess = 0; guess < 5; guess++) {
            var wrong = guesser.postsForm("/api/export", "code=AAAAA");
            assertThat(wrong.status()).isEqualTo(404);
            assertThat(wrong.json().path("type").asText()).endsWith("not-found");
        }
        assertThat(guesser.postsForm("/api/export", "code=" + right).status()).as("right ones are not counted").isEqualTo(200);
        Caller browser = new Caller(Gate.town(), "127.0.0.91").with("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        for (int guess = 0; guess < 5; guess++) {
            assertThat(browser.postsForm("/api/export", "code=AAAAA").header("Location")).isEqualTo("/export.html#not-found");
        }
        assertThat(stops(guesser, right, answer -> answer.status() == 429).header("Retry-After")).isNotBlank();
        stops(browser, right, answer -> "/export.html#too-many".equals(answer.header("Location")));
        assertThat(fetch(code()).status()).as("others are not held up").isEqualTo(200);
    }

    /** What becomes of a right code behind as many wrong ones as may be: one more every six seconds that these took. */
    private static Caller.Answer stops(Caller guesser, String right, Predicate<Caller.Answer> stopped) {
        return Stream.generate(() -> {
            guesser.postsForm("/api/export", "code=AAAAA");
            return guesser.postsForm("/api/export", "code=" + right);
        }).limit(10).filter(stopped).findFirst().orElseThrow();
    }

    @Test
    void takesNoCodeFromAnAddressNorOtherForms() {
        String code = code();
        assertThat(person.postsForm("/api/export?code=" + code, "").status()).isEqualTo(400);
        assertThat(person.postsForm("/api/export", "").status()).isEqualTo(400);
        assertThat(person.postsForm("/api/export", "code=" + "A".repeat(201)).status()).isEqualTo(400);
        assertThat(Gate.stranger().posts("/api/export", "{\"code\": \"" + code + "\"}").status()).isEqualTo(415);
        assertThat(Gate.stranger().gets("/api/export?code=" + code).status()).isEqualTo(405);
    }

    @Test
    void hasAPageUnderAStrictPolicy() {
        var page = Gate.stranger().gets("/export.html");
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'", "form-action 'self'").doesNotContain("unsafe");
        assertThat(page.text()).contains("<label for=\"code\">", "method=\"post\" action=\"api/export\"")
                .doesNotContain("<style", " style=", "javascript:", "http:").doesNotContainPattern("<script(?! src=\"[a-z.]+\" type=\"module\"></script>)");
        assertThat(Gate.stranger().gets("/export.js").status()).isEqualTo(200);
        assertThat(Gate.stranger().gets("/export.css").status()).isEqualTo(200);
    }

    private static void furnish(Receipt said) {
        var sql = Gate.town().sql();
        sql.sql("update message set attachments = '[{\"name\": \"plan.pdf\", \"type\": \"application/pdf\", \"size\": 7, \"place\": \"secret place\"}]' where id = ?")
                .param(said.messageId()).update();
        sql.sql("insert into profile_fact (contact_id, path, value, told_by, learned_at) values (?, 'identity.company', 'Acme', 'model', now())")
                .param(said.contact().id()).update();
        sql.sql("insert into profile_fact (contact_id, path, value, told_by, learned_at, deleted_by) values (?, 'identity.role', 'buyer', 'model', now(), 'ada')")
                .param(said.contact().id()).update();
        sql.sql("insert into commitment (contact_id, who, what, due, due_at, message_id, made_at) values (?, 'us', 'send the quote', 'by Friday', '2026-11-28T00:00Z', ?, now())")
                .param(said.contact().id()).param(said.messageId()).update();
        sql.sql("insert into note (contact_id, category, content, priority, pinned, created_by) values (?, 'warning', 'a difficult person', 'high', true, 'ada')")
                .param(said.contact().id()).update();
        sql.sql("""
                with talk as (insert into conversation (contact_id, key) values (:contact, 'deal:42') returning id)
                insert into message (conversation_id, contact_id, role, text, channel, account, external_id, tokens, said_at)
                select id, :contact, 'user', 'A deal', 'webhook', '', :id, 1, now() from talk
                """).param("contact", said.contact().id()).param("id", UUID.randomUUID().toString()).update();
    }

    private String code() {
        return answer(says("/export")).replaceAll(LINK, "$1");
    }

    private Caller.Answer fetch(String code) {
        return person.postsForm("/api/export", "code=" + code);
    }

    private Receipt says(String text) {
        return says(text, Circumstances.PLAIN);
    }

    private Receipt says(String text, Circumstances around) {
        Gate.town().model().says("Well.");
        var inbound = Inbound.of("webhook", "", user, UUID.randomUUID().toString(), text, Gate.town().clock().instant()).with(around);
        Receipt said = Gate.town().receives(inbound);
        answer(said);
        return said;
    }

    private static String answer(Receipt said) {
        return Gate.town().answer(said);
    }
}
