package io.serai.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.town.FakeNtfy;
import io.serai.town.RecipeHome;
import io.serai.town.Town;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What staff do about what could not go on. */
@Tag("database")
class DeadLetterTest {

    private static FakeNtfy ntfy;
    private static Town town;

    private final Caller operator = program(Rank.OPERATOR);
    private final Caller viewer = program(Rank.VIEWER);
    private final String ada = ntfy.newcomer();

    @BeforeAll
    static void open() {
        ntfy = new FakeNtfy();
        town = RecipeHome.town(ntfy, Map.of("serai.deliver.retry", "100ms"));
    }

    @AfterAll
    static void close() {
        town.close();
        ntfy.close();
    }

    @BeforeEach
    void modelAnswers() {
        town.model().recovers().takes(Duration.ZERO);
    }

    @Test
    void showsAParcelThatDiedAndSendsItOnce() {
        JsonNode letter = diedOnItsWay("Here it is.");
        long id = letter.path("id").asLong();
        JsonNode whole = operator.gets("/api/dead-letters/" + id).json();
        assertThat(whole.at("/letter/reason").asText()).contains("403");
        assertThat(whole.at("/letter/channel").asText()).isEqualTo("ntfy");
        assertThat(whole.at("/letter/mayHaveArrived").asBoolean()).isFalse();
        assertThat(whole.at("/parts/0/text").asText()).isEqualTo("Here it is.");
        assertThat(whole.at("/parts/0/handle").asText()).isEqualTo(ada);
        assertThat(whole.at("/parts/0/attempts").asInt()).isPositive();
        assertThat(whole.path("trace").asText()).contains("Caused by");
        assertThat(whole.at("/stories/0/event").asText()).isEqualTo("died");

        JsonNode told = replays("{\"ids\": [%d]}", id);
        assertThat(told.path("dryRun").asBoolean()).isTrue();
        assertThat(told.at("/letters/0/what").asText()).isEqualTo("1 part(s) go to ntfy " + ada);
        assertThat(state(id)).isEqualTo("open");

        ntfy.recovers(ada);
        assertThat(replays("{\"ids\": [%d], \"dryRun\": false}", id).at("/letters/0/possible").asBoolean()).isTrue();
        assertThat(replays("{\"ids\": [%d], \"dryRun\": false}", id).at("/letters/0/possible").asBoolean()).isFalse();
        await().untilAsserted(() -> assertThat(ntfy.hears(ada)).containsExactly("Here it is."));
        await().until(() -> operator.gets("/api/dead-letters/" + id).json().at("/parts/0/state").asText().equals("sent"));
        assertThat(state(id)).isEqualTo("replayed");
        says("Anything else?", "No.");
        await().untilAsserted(() -> assertThat(ntfy.hears(ada)).containsExactly("Here it is.", "No."));
    }

    @Test
    void isTheSameLetterWithOneMoreStoryWhenItDiesAgain() {
        long id = diedOnItsWay("Again.").path("id").asLong();
        replays("{\"ids\": [%d], \"dryRun\": false}", id);
        JsonNode whole = await().until(() -> operator.gets("/api/dead-letters/" + id).json(), seen -> seen.path("stories").size() == 3);
        assertThat(whole.at("/letter/state").asText()).isEqualTo("open");
        assertThat(whole.path("stories").findValuesAsText("event")).containsExactly("died", "replayed", "died");
        assertThat(whole.at("/stories/1/who").asText()).startsWith("test-");
        assertThat(operator.gets("/api/dead-letters?reason=403").json().path("items").findValuesAsText("id")).containsOnlyOnce(String.valueOf(id));
    }

    @Test
    void sendsItElsewhereAndInOtherWords() {
        long id = diedOnItsWay("To the wrong place.").path("id").asLong();
        String moved = ntfy.newcomer();
        JsonNode edited = edits(id, "{\"text\": \"To the **right** place.\", \"handle\": \"" + moved + "\"}").json();
        assertThat(edited.at("/parts/0/handle").asText()).isEqualTo(moved);
        replays("{\"ids\": [%d], \"dryRun\": false}", id);
        await().untilAsserted(() -> assertThat(ntfy.hears(moved)).singleElement().asString().contains("right"));
        assertThat(ntfy.hears(ada)).isEmpty();
    }

    @Test
    void takesNoCorrectionFromWhoHasNotSeenTheLast() {
        long id = diedOnItsWay("To the wrong place.").path("id").asLong();
        String place = "/api/dead-letters/" + id;
        String seen = operator.gets(place).header("ETag");
        assertThat(program(Rank.OPERATOR).with("If-None-Match", seen).gets(place).status()).isEqualTo(304);
        assertThat(viewer.gets(place).header("ETag")).as("who sees less sees something else").isNotEqualTo(seen);
        assertThat(program(Rank.OPERATOR).with("Content-Type", "application/json").sends("PATCH", place, BodyPublishers.ofString("{\"text\": \"x\"}")).status())
                .isEqualTo(428);
        assertThat(edits(id, "{\"text\": \"One.\"}", seen).status()).isEqualTo(200);
        assertThat(edits(id, "{\"text\": \"Another.\"}", seen).status()).as("somebody was faster").isEqualTo(412);
        assertThat(operator.gets(place).json().at("/parts/0/text").asText()).isEqualTo("One.");
    }

    @Test
    void neverSendsItToSomebodyElse() {
        String bob = ntfy.newcomer();
        ntfy.says(bob, "Hello, I am Bob", id());
        await().until(() -> !ntfy.hears(bob).isEmpty());
        long id = diedOnItsWay("For Ada only.").path("id").asLong();
        Caller.Answer refused = edits(id, "{\"handle\": \"" + bob + "\"}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("somebody else");
        assertThat(edits(id, "{\"channel\": \"pigeon\", \"handle\": \"home\"}").status()).isEqualTo(409);
        assertThat(edits(id, "{\"part\": 7, \"text\": \"x\"}").status()).isEqualTo(409);
        assertThat(edits(id, "{}").status()).isEqualTo(400);
        assertThat(edits(id, "{\"text\": \"x\", \"channel\": \"web-chat\"}").json().path("detail").asText()).startsWith("Say a handle too");
    }

    /** People write an address in several ways, and all of them reach whom one of them reaches. */
    @ParameterizedTest
    @ValueSource(strings = {"Bob@example.org", "bob@EXAMPLE.org", "bob@b\u00fccher.example"})
    void neverMailsItToSomebodyElseHoweverTheAddressIsSpelled(String spelled) {
        String domain = spelled.contains("\u00fc") ? "xn--bcher-kva.example" : "example.org";
        town.sql().sql("""
                with bob as (insert into contact (name) values ('Bob') returning id)
                insert into address (contact_id, channel, account, handle) select id, 'email', 'shop', 'bob@' || :domain from bob on conflict do nothing
                """).param("domain", domain).update();
        long id = diedOnItsWay("For Ada only.").path("id").asLong();
        Caller.Answer refused = edits(id, "{\"channel\": \"email\", \"account\": \"shop\", \"handle\": \"" + spelled + "\"}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("somebody else");
    }

    @Test
    void mailsItToTheAddressAsTheDoorWouldSpellIt() {
        long id = diedOnItsWay("For Ada only.").path("id").asLong();
        String own = "Ada." + id + "@Example.org";
        JsonNode edited = edits(id, "{\"channel\": \"email\", \"account\": \"shop\", \"handle\": \"" + own + "\"}").json();
        assertThat(edited.at("/parts/0/handle").asText()).isEqualTo("ada." + id + "@example.org");
        assertThat(edits(id, "{\"channel\": \"email\", \"account\": \"shop\", \"handle\": \"Ada\"}").status()).isEqualTo(409);
    }

    @Test
    void answersATurnAnew() {
        town.model().keepsFailing(400);
        ntfy.says(ada, "What do you know?", id());
        long id = await().until(() -> letterOf(ada, "turns"), one -> one != null).path("id").asLong();
        await().until(() -> ntfy.hears(ada).size() == 1);
        town.model().recovers();
        town.model().says("All of it.");
        assertThat(edits(id, "{\"text\": \"Something else\"}").status()).isEqualTo(409);
        assertThat(replays("{\"ids\": [%d], \"dryRun\": false}", id).at("/letters/0/what").asText()).isEqualTo("1 message(s) are answered anew");
        await().untilAsserted(() -> assertThat(ntfy.hears(ada)).hasSize(2).last().isEqualTo("All of it."));
        assertThat(replays("{\"ids\": [%d], \"dryRun\": false}", id).at("/letters/0/possible").asBoolean()).isFalse();
    }

    @Test
    void keepsWhoAsksAgainOnTheLineWhileATurnIsAnsweredAnew() {
        Caller program = program(Rank.OPERATOR).with("Idempotency-Key", id());
        String question = "{\"user\": \"" + ada + "\", \"messages\": [{\"role\": \"user\", \"content\": \"What now?\"}]}";
        town.model().keepsFailing(400);
        assertThat(program.posts("/v1/chat/completions", question).status()).isEqualTo(502);
        long id = letterOf(ada, "turns").path("id").asLong();
        town.model().recovers().says("At last.").takes(Duration.ofSeconds(1));
        replays("{\"ids\": [%d], \"dryRun\": false}", id);
        Caller.Answer again = program.posts("/v1/chat/completions", question);
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.json().at("/choices/0/message/content").asText()).isEqualTo("At last.");
    }

    @Test
    void reflectsAnew() {
        says("Remember the caravan", "I shall.");
        long reply = await().until(() -> reflected(), found -> found > 0);
        town.sql().sql("delete from recollection where message_id = :reply").param("reply", reply).update();
        long id = town.sql().sql("""
                insert into dead_letter (queue, conversation_id, shape, subjects, reason, trace, attempts)
                select 'reflections', conversation_id, 'Reply', array[id], 'no room', 'x', 1 from message where id = :reply returning id
                """).param("reply", reply).query(Long.class).single();
        replays("{\"ids\": [%d], \"dryRun\": false}", id);
        await().until(this::reflected, found -> found == reply);
    }

    @Test
    void warnsOfWhatMayHaveArrived() {
        town.model().says("Did it come?");
        ntfy.breaksOff();
        ntfy.says(ada, "Send it", id());
        long id = await().until(() -> letterOf(ada, "parcels"), one -> one != null).path("id").asLong();
        assertThat(operator.gets("/api/dead-letters/" + id).json().at("/letter/mayHaveArrived").asBoolean()).isTrue();
        assertThat(replays("{\"ids\": [%d]}", id).at("/letters/0/mayHaveArrived").asBoolean()).isTrue();
        replays("{\"ids\": [%d], \"dryRun\": false}", id);
        await().untilAsserted(() -> assertThat(ntfy.hears(ada)).containsExactly("Did it come?", "Did it come?"));
    }

    @Test
    void replaysManyInTheirOrder() {
        diedOnItsWay("First.");
        diedOnItsWay("Second.");
        diedOnItsWay("Third.");
        List<Long> ids = town.sql().sql("""
                select id from dead_letter where conversation_id = (select max(conversation_id) from message join address on address.id = address_id
                where handle = :handle) and queue = 'parcels' order by id desc
                """).param("handle", ada).query(Long.class).list();
        ntfy.recovers(ada);
        assertThat(operator.posts("/api/dead-letters/replay", "{\"ids\": " + ids + ", \"dryRun\": false}").json().path("letters")).hasSize(3);
        await().untilAsserted(() -> assertThat(ntfy.hears(ada)).containsExactly("First.", "Second.", "Third."));
    }

    @Test
    void staysDiscarded() {
        long id = diedOnItsWay("Too late.").path("id").asLong();
        assertThat(operator.posts("/api/dead-letters/" + id + "/discard", "{\"reason\": \" \"}").status()).isEqualTo(400);
        assertThat(operator.posts("/api/dead-letters/" + id + "/discard", "{\"reason\": \"told by telephone\"}").status()).isEqualTo(204);
        JsonNode whole = operator.gets("/api/dead-letters/" + id).json();
        assertThat(whole.at("/letter/state").asText()).isEqualTo("discarded");
        assertThat(whole.at("/stories/1/reason").asText()).isEqualTo("told by telephone");
        assertThat(replays("{\"ids\": [%d], \"dryRun\": false}", id).at("/letters/0/what").asText()).contains("discarded");
        assertThat(operator.posts("/api/dead-letters/" + id + "/discard", "{\"reason\": \"once more\"}").status()).isEqualTo(409);
    }

    @Test
    void saysWhatIsNoneOfItsStatesAndQueuesRatherThanShowingNothing() {
        assertThat(operator.gets("/api/dead-letters?state=opened").json().path("detail").asText()).contains("state is open, replayed, discarded or all");
        assertThat(operator.gets("/api/dead-letters?queue=parcel").json().path("detail").asText()).contains("queue is turns, parcels or reflections");
        assertThat(operator.posts("/api/dead-letters/999999999/discard", "{\"reason\": \"x\"}").status()).isEqualTo(404);
    }

    @Test
    void letsViewersSeeThatAndOperatorsSeeWhat() {
        long id = diedOnItsWay("A secret.").path("id").asLong();
        Caller.Answer seen = viewer.gets("/api/dead-letters/" + id);
        assertThat(seen.json().at("/letter/reason").asText()).isNotEmpty();
        assertThat(seen.text()).doesNotContain("A secret.").doesNotContain(ada + "\"");
        assertThat(viewer.posts("/api/dead-letters/replay", "{\"ids\": [" + id + "]}").status()).isEqualTo(403);
        assertThat(viewer.posts("/api/dead-letters/" + id + "/discard", "{\"reason\": \"x\"}").status()).isEqualTo(403);
        assertThat(new Caller(town).gets("/api/dead-letters").status()).isEqualTo(401);
    }

    @Test
    void pagesFromTheYoungestOn() {
        diedOnItsWay("One.");
        diedOnItsWay("Two.");
        JsonNode first = viewer.gets("/api/dead-letters?queue=parcels&channel=ntfy&limit=1").json();
        JsonNode second = viewer.gets("/api/dead-letters?queue=parcels&channel=ntfy&limit=1&before=" + first.path("next").asLong()).json();
        assertThat(second.at("/items/0/id").asLong()).isLessThan(first.at("/items/0/id").asLong());
        assertThat(viewer.gets("/api/dead-letters?reason=no+such+reason").json().path("items")).isEmpty();
        assertThat(viewer.gets("/api/dead-letters/999999999").status()).isEqualTo(404);
        assertThat(operator.posts("/api/dead-letters/replay", "{}").status()).isEqualTo(404);
    }

    @Test
    void obeysTheCommandLine() {
        long id = diedOnItsWay("By hand.").path("id").asLong();
        assertThat(commands(0, "list", "--queue=parcels", "--channel=ntfy")).contains(id + " ", "403");
        assertThat(commands(0, "show", String.valueOf(id))).contains("By hand.", "\"stories\"");
        assertThat(commands(0, "replay", String.valueOf(id))).contains("\"dryRun\" : true");
        assertThat(commands(0, "edit", String.valueOf(id), "--text=By a better hand.", "--part=1")).contains("By a better hand.");
        assertThat(commands(2, "edit", String.valueOf(id), "--text=By a better hand.", "--part=one")).contains("dead-letters list");
        ntfy.recovers(ada);
        assertThat(commands(0, "replay", String.valueOf(id), "--yes")).contains("\"dryRun\" : false");
        await().untilAsserted(() -> assertThat(ntfy.hears(ada)).containsExactly("By a better hand."));
        assertThat(commands(1, "discard", String.valueOf(id), "no", "longer")).contains("replayed already");
        assertThat(commands(1, "show", "999999999")).contains("no such dead letter");
        assertThat(commands(2, "show", "all")).contains("dead-letters list");
    }

    private static String commands(int exit, String... words) {
        String token = new Caller(town).withPassword("admin", "a-password-for-tests")
                .posts("/api/tokens", "{\"name\": \"t-" + UUID.randomUUID() + "\", \"role\": \"operator\"}").json().path("token").asText();
        var out = new ByteArrayOutputStream();
        int code = new DeadLetterCommand(Map.of("SERAI_URL", town.url("").toString(), "SERAI_API_TOKEN", token), new PrintStream(out, true, UTF_8))
                .run(List.of(words));
        assertThat(code).as(out.toString(UTF_8)).isEqualTo(exit);
        return out.toString(UTF_8);
    }

    @Test
    void countsWhatWaitsForAPerson() {
        diedOnItsWay("Count me.");
        assertThat(new Caller(town).withPassword("admin", "a-password-for-tests").gets("/metrics/serai.dead.open?tag=queue:parcels")
                .json().at("/measurements/0/value").asInt()).isPositive();
    }

    @Test
    void tellsTheWholeStoryOfAMessage() {
        says("What does it cost?", "Two.");
        String message = town.sql().sql("select public_id::text from message join address on address.id = address_id where handle = :handle and role = 'user'")
                .param("handle", ada).query(String.class).single();
        JsonNode ledger = await().until(() -> viewer.gets("/api/messages/" + message + "/ledger").json(),
                seen -> seen.has("deliveredAt") && seen.at("/modelCalls/count").asInt() == 1);
        assertThat(ledger.path("channel").asText()).isEqualTo("ntfy");
        assertThat(ledger.path("externalId").asText()).isNotEmpty();
        assertThat(ledger.path("acceptedAt").asText()).isNotEmpty();
        assertThat(ledger.at("/turn/attempts").asInt()).isEqualTo(1);
        assertThat(ledger.at("/modelCalls/tokensOut").asInt()).isPositive();
        assertThat(ledger.at("/modelCalls/calls/0/outcome").asText()).isEqualTo("ok");
        assertThat(ledger.at("/reply/frame").asLong()).isPositive();
        assertThat(ledger.at("/parcels/0/state").asText()).isEqualTo("sent");
        assertThat(ledger.at("/parcels/0/providerId").asText()).isNotEmpty();
        assertThat(ledger.at("/parcels/0/attempts").asInt()).isEqualTo(1);
        assertThat(ledger.path("deadLetters")).isEmpty();
        assertThat(ledger.toString()).doesNotContain("Two.");
        assertThat(viewer.gets("/api/messages/" + UUID.randomUUID() + "/ledger").status()).isEqualTo(404);
    }

    @Test
    void tellsOfDeadLettersInTheStory() {
        JsonNode letter = diedOnItsWay("Never came.");
        JsonNode ledger = viewer.gets("/api/messages/" + letter.path("message").asText() + "/ledger").json();
        assertThat(ledger.at("/deadLetters/0/id").asLong()).isEqualTo(letter.path("id").asLong());
        assertThat(ledger.at("/parcels/0/state").asText()).isEqualTo("dead");
        assertThat(ledger.has("deliveredAt")).isFalse();
    }

    private JsonNode diedOnItsWay(String text) {
        ntfy.refuses(ada);
        town.model().says(text);
        JsonNode before = letterOf(ada, "parcels");
        Predicate<JsonNode> another = one -> one != null && (before == null || one.path("id").asLong() > before.path("id").asLong());
        ntfy.says(ada, "Send it to me", id());
        return await().until(() -> letterOf(ada, "parcels"), another);
    }

    private void says(String text, String answer) {
        town.model().says(answer);
        ntfy.says(ada, text, id());
        await().until(() -> ntfy.hears(ada).contains(answer));
    }

    private JsonNode letterOf(String handle, String queue) {
        Long contact = town.sql().sql("select max(contact_id) from address where handle = :handle").param("handle", handle).query(Long.class).optional().orElse(null);
        return contact == null ? null : operator.gets("/api/dead-letters?queue=" + queue + "&contact=" + contact).json().path("items").get(0);
    }

    private long reflected() {
        return town.sql().sql("""
                select coalesce(max(message_id), 0) from recollection join message on message.id = message_id join address on address.id = address_id
                where handle = :handle and message.role = 'assistant'
                """).param("handle", ada).query(Long.class).single();
    }

    private String state(long id) {
        return operator.gets("/api/dead-letters/" + id).json().at("/letter/state").asText();
    }

    private JsonNode replays(String json, long id) {
        return operator.posts("/api/dead-letters/replay", json.formatted(id)).json();
    }

    private Caller.Answer edits(long id, String json) {
        return edits(id, json, operator.gets("/api/dead-letters/" + id).header("ETag"));
    }

    private Caller.Answer edits(long id, String json, String seen) {
        return program(Rank.OPERATOR).with("Content-Type", "application/json").with("If-Match", seen)
                .sends("PATCH", "/api/dead-letters/" + id, BodyPublishers.ofString(json));
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }

    private static Caller program(Rank role) {
        Caller admin = new Caller(town).withPassword("admin", "a-password-for-tests");
        String name = "test-" + UUID.randomUUID();
        return new Caller(town).withToken(admin.posts("/api/tokens", "{\"name\": \"" + name + "\", \"role\": \"" + role.word() + "\"}")
                .json().path("token").asText());
    }
}
