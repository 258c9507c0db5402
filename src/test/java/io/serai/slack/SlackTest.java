package io.serai.slack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serai.channel.Accounts;
import io.serai.channel.Attachments;
import io.serai.deliver.Correction;
import io.serai.deliver.Revival;
import io.serai.message.Attachment;
import io.serai.town.ChannelContract;
import io.serai.town.Town;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slack, by events and the Web API. */
@Tag("database")
class SlackTest implements ChannelContract {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final FakeSlack SLACK = new FakeSlack(path -> town(path));
    private static final Town TOWN = Town.with(Map.of(
            "serai.slack.main.token", FakeSlack.TOKEN,
            "serai.slack.main.signing-secret", FakeSlack.SECRET,
            "serai.slack.main.base-url", SLACK.url(),
            "serai.slack.main.patience", "1s",
            "serai.slack.other.token", FakeSlack.OTHER_TOKEN,
            "serai.slack.other.signing-secret", FakeSlack.SECRET,
            "serai.slack.other.base-url", SLACK.url(),
            "serai.deliver.retry", "200ms,300ms,400ms"));

    private static URI town(String path) {
        return TOWN.url(path);
    }

    @AfterAll
    static void goHome() {
        TOWN.close();
        SLACK.close();
    }

    @BeforeEach
    void wellAgain() {
        TOWN.model().says("Good day.");
    }

    @Override
    public Town town() {
        return TOWN;
    }

    @Override
    public FarSide far() {
        return SLACK;
    }

    @Override
    public String channel() {
        return "slack";
    }

    @Override
    public int limit() {
        return 4000;
    }

    // Who may speak at the door ------------------------------------------------------------------------------------------------------

    @Test
    void answersTheChallenge() {
        ObjectNode challenge = JSON.createObjectNode().put("type", "url_verification").put("token", "x").put("challenge", "3eZbrw1aB");
        var response = SLACK.push(challenge, Map.of());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("3eZbrw1aB");
        assertThat(SLACK.push(challenge.toString().getBytes(UTF_8), now(), "v0=" + "0".repeat(64), Map.of()).statusCode()).isEqualTo(401);
    }

    @Test
    void refusesWhatSlackDidNotSignJustNow() {
        String ada = SLACK.newcomer();
        byte[] body = SLACK.callback(SLACK.message(ada, "forged", SLACK.ts())).toString().getBytes(UTF_8);
        String old = String.valueOf(Instant.now().minusSeconds(301).getEpochSecond());
        String future = String.valueOf(Instant.now().plusSeconds(310).getEpochSecond());

        assertThat(SLACK.push(body, now(), null, Map.of()).statusCode()).isEqualTo(401);
        assertThat(SLACK.push(body, null, Signature.of(FakeSlack.SECRET, "null", body), Map.of()).statusCode()).isEqualTo(401);
        assertThat(SLACK.push(body, now(), Signature.of("another-secret", now(), body), Map.of()).statusCode()).isEqualTo(401);
        assertThat(SLACK.push(body, old, Signature.of(FakeSlack.SECRET, old, body), Map.of()).statusCode()).isEqualTo(401);
        assertThat(SLACK.push(body, future, Signature.of(FakeSlack.SECRET, future, body), Map.of()).statusCode()).isEqualTo(401);
        assertThat(SLACK.push(body, "99999999999999999999", "v0=x", Map.of()).statusCode()).isEqualTo(401);
        assertThat(SLACK.push(body, "-1", "v0=x", Map.of()).statusCode()).isEqualTo(401);
        assertThat(said(ada)).isEmpty();
    }

    @Test
    void hearsAReplayedRequestOnce() {
        String ada = SLACK.newcomer();
        byte[] body = SLACK.callback(SLACK.message(ada, "Hello", SLACK.ts())).toString().getBytes(UTF_8);
        String now = now();
        for (int i = 0; i < 3; i++) {
            assertThat(SLACK.push(body, now, Signature.of(FakeSlack.SECRET, now, body), Map.of("X-Slack-Retry-Num", "" + i)).statusCode()).isEqualTo(200);
        }
        assertThat(said(ada)).containsExactly("Hello");
    }

    @Test
    void refusesAHugeBody() {
        byte[] body = new byte[1_100_000];
        assertThat(SLACK.push(body, now(), Signature.of(FakeSlack.SECRET, now(), body), Map.of()).statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "7", "{}", "{\"type\":\"event_callback\"}", "{\"type\":\"event_callback\",\"event\":[]}",
            "{\"type\":\"event_callback\",\"event\":{\"type\":\"message\"}}", "{\"type\":\"app_rate_limited\"}",
            "{\"type\":\"event_callback\",\"event\":{\"type\":\"message\",\"channel\":\"D1\",\"user\":\"U1\",\"ts\":\"../../etc\"}}",
            "{\"type\":\"event_callback\",\"event\":{\"type\":\"message\",\"channel\":{},\"user\":{},\"ts\":\"1.1\"}}",
            "{\"type\":\"event_callback\",\"event\":{\"type\":\"reaction_added\",\"user\":\"U1\"}}"})
    void leavesWhatIsNoMessage(String payload) {
        byte[] body = payload.getBytes(UTF_8);
        assertThat(SLACK.push(body, now(), Signature.of(FakeSlack.SECRET, now(), body), Map.of()).statusCode()).isIn(200, 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"bot_id\":\"B7\"}", "{\"subtype\":\"bot_message\"}", "{\"user\":\"USERAI\"}", "{\"user\":\"USLACKBOT\"}",
            "{\"subtype\":\"message_deleted\"}", "{\"subtype\":\"channel_join\"}", "{\"subtype\":\"something_new\"}"})
    void hearsNeitherProgramsNorItself(String trait) throws Exception {
        String channel = SLACK.newcomer();
        ObjectNode event = SLACK.message(channel, "Hello", SLACK.ts());
        event.setAll((ObjectNode) JSON.readTree(trait));
        assertThat(SLACK.push(SLACK.callback(event), Map.of()).statusCode()).isEqualTo(200);
        assertThat(said(channel)).isEmpty();
    }

    @Test
    void saysNoWhileNothingCanBeStored() {
        String ada = SLACK.newcomer();
        SLACK.breaks("users.info");
        TOWN.sql().sql("alter table message rename to message_away").update();
        try {
            var response = SLACK.push(SLACK.callback(SLACK.message(ada, "Hello", SLACK.ts())), Map.of());
            assertThat(response.statusCode()).isEqualTo(503);
        } finally {
            TOWN.sql().sql("alter table message_away rename to message").update();
            SLACK.mends("users.info");
        }
        SLACK.says(ada, "Hello again", UUID.randomUUID().toString());
        assertThat(said(ada)).containsExactly("Hello again");
    }

    /** Slack tells of it again for some minutes only; an outage may last longer. */
    @Test
    void asksForWhatCouldNotBeStored() {
        String ada = SLACK.newcomer();
        String stranger = SLACK.newcomer();
        SLACK.says(ada, "Hello", UUID.randomUUID().toString());
        TOWN.sql().sql("alter table message rename to message_away").update();
        try {
            assertThat(SLACK.push(SLACK.callback(SLACK.saysUnheard(ada, "Are you there?")), Map.of()).statusCode()).isEqualTo(503);
            assertThat(SLACK.push(SLACK.callback(SLACK.saysUnheard(ada, "Hello?")), Map.of()).statusCode()).isEqualTo(503);
            assertThat(SLACK.push(SLACK.callback(SLACK.saysUnheard(stranger, "Anybody?")), Map.of()).statusCode()).isEqualTo(503);
        } finally {
            TOWN.sql().sql("alter table message_away rename to message").update();
        }
        // A table that is away is not the database away: the message that fails keeps no later one out.
        await().untilAsserted(() -> assertThat(said(ada)).containsExactlyInAnyOrder("Hello", "Are you there?", "Hello?"));
        await().untilAsserted(() -> assertThat(said(stranger)).containsExactly("Anybody?"));
    }

    @Test
    void asksForWhatCouldNotBeStoredInAThread() {
        String channel = "C" + SLACK.newcomer();
        ObjectNode first = SLACK.saysUnheard(channel, "<@USERAI> are we open?");
        push(first);
        String thread = first.path("ts").asText();
        whileNothingCanBeStored(() -> {
            refusesNow(SLACK.saysUnheard(channel, "And on Sunday?", thread));
            refusesNow(SLACK.saysUnheard(channel, "Or on Monday?", thread));
        });
        await().untilAsserted(() -> assertThat(said(channel)).containsExactly(
                "name of UADA: are we open?", "name of UADA: And on Sunday?", "name of UADA: Or on Monday?"));
        assertThat(rule("name of UADA: Or on Monday?", channel)).isEmpty();
    }

    @Test
    void asksForAnEditThatCouldNotBeStored() {
        String ada = SLACK.newcomer();
        ObjectNode said = SLACK.saysUnheard(ada, "Three chairs");
        push(said.deepCopy());
        await().until(() -> SLACK.hears(ada).size() == 1);
        said.put("text", "Five chairs").putObject("edited").put("user", "UADA").put("ts", SLACK.ts());
        whileNothingCanBeStored(() -> refusesNow(SLACK.edit(ada, "Three chairs", "Five chairs", said.path("ts").asText())));
        await().untilAsserted(() -> assertThat(said(ada)).containsExactly("Three chairs", "Five chairs"));
    }

    private static void whileNothingCanBeStored(Runnable scene) {
        TOWN.sql().sql("alter table message rename to message_away").update();
        try {
            scene.run();
        } finally {
            TOWN.sql().sql("alter table message_away rename to message").update();
        }
    }

    private static void refusesNow(ObjectNode event) {
        assertThat(SLACK.push(SLACK.callback(event), Map.of()).statusCode()).isEqualTo(503);
    }

    @Test
    void asksAgainWhatSomebodyIsCalledWhenItWasNotTold() {
        String eve = SLACK.newcomer();
        String user = "UEVE" + eve;
        SLACK.breaks("users.info");
        push(SLACK.message(eve, "Hello", SLACK.ts()).put("user", user));
        SLACK.mends("users.info");
        assertThat(authors(eve)).containsExactly("nobody");
        await().until(() -> {
            push(SLACK.message(eve, "Hello again", SLACK.ts()).put("user", user));
            return authors(eve).contains("name of " + user);
        });
    }

    // What is read ---------------------------------------------------------------------------------------------------------------------

    @Test
    void answersInAChannelOnlyWhenMentionedAndThenInItsThread() {
        String channel = "C" + SLACK.newcomer();
        String aside = SLACK.ts();
        push(SLACK.message(channel, "Lunch?", aside));
        String asked = SLACK.ts();
        push(SLACK.message(channel, "<@USERAI> are we open?", asked));
        push(SLACK.message(channel, "<@USERAI> are we open?", asked).put("type", "app_mention"));
        await().until(() -> SLACK.hears(channel).size() == 1);
        assertThat(threads(channel)).containsExactly(asked);
        assertThat(said(channel)).containsExactly("name of UADA: Lunch?", "name of UADA: are we open?");
        assertThat(rule("name of UADA: Lunch?", channel)).isEqualTo("not-addressed");

        push(SLACK.message(channel, "And on Sunday?", SLACK.ts()).put("thread_ts", asked));
        push(SLACK.message(channel, "I had soup", SLACK.ts()).put("thread_ts", aside));
        await().until(() -> SLACK.hears(channel).size() == 2);
        assertThat(threads(channel)).containsExactly(asked, asked);
        assertThat(rule("name of UADA: I had soup", channel)).isEqualTo("not-addressed");
    }

    @Test
    void answersTwoThreadsOfAChannelEachInItsOwn() {
        String channel = "C" + SLACK.newcomer();
        TOWN.model().answersBy(request -> "To: " + request.lastUser());
        String one = SLACK.ts();
        String other = SLACK.ts();
        push(SLACK.message(channel, "<@USERAI> one", one));
        push(SLACK.message(channel, "<@USERAI> other", other));
        await().until(() -> SLACK.hears(channel).size() == 2);
        SLACK.posts().stream().filter(post -> post.channel().equals(channel)).forEach(post ->
                assertThat(post.form().get("text")).contains(post.form().get("thread_ts").equals(one) ? "one" : "other"));
    }

    @Test
    void readsSlacksWayToWrite() {
        String ada = SLACK.newcomer();
        SLACK.says(ada, "<@USERAI> tell <@UBOB> in <#C1|general>: 1 &lt; 2 &amp; <https://serai.io|our page>, <https://serai.io>, <!here> &amp;lt;",
                UUID.randomUUID().toString());
        assertThat(said(ada)).containsExactly("tell @name of UBOB in #general: 1 < 2 & our page (https://serai.io), https://serai.io, @here &lt;");
        assertThat(TOWN.sql().sql("select author from message join address on address.id = address_id where handle = :ada and role = 'user'")
                .param("ada", ada).query(String.class).single()).isEqualTo("name of UADA");
    }

    @Test
    void quotesWhatIsPassedOn() throws Exception {
        String ada = SLACK.newcomer();
        JsonNode passedOn = JSON.readTree("""
                [{"is_msg_unfurl": true, "is_share": true, "author_name": "Bo", "text": "The gate is <https://gate.example|here>.\\nIt is blue."},
                 {"is_msg_unfurl": true, "text": "Since Monday"},
                 {"title": "Gates", "text": "The preview of a page", "from_url": "https://gate.example"}]""");
        push(SLACK.message(ada, "What is this?", SLACK.ts()).set("attachments", passedOn));
        push(SLACK.message(ada, "", SLACK.ts()).set("attachments", passedOn));
        push(SLACK.message(ada, "/help", SLACK.ts()).set("attachments", passedOn));
        String quoted = "(forwarded from Bo)\n> The gate is here (https://gate.example).\n> It is blue.\n\n(forwarded)\n> Since Monday";
        assertThat(said(ada)).containsExactly("What is this?\n\n" + quoted, quoted, "/help");
    }

    @Test
    void tellsWorkspacesOfOneAppApart() {
        String ada = SLACK.newcomer();
        pushWhole(SLACK.callback(SLACK.message(ada, "Hello", SLACK.ts())).put("team_id", FakeSlack.OTHER_TEAM));
        pushWhole(SLACK.callback(SLACK.message(ada, "Hello", SLACK.ts())).put("team_id", "TSTRANGE"));
        await().until(() -> SLACK.hears(ada).size() == 1);
        assertThat(SLACK.posts().getLast().headers()).containsEntry("Authorization", "Bearer " + FakeSlack.OTHER_TOKEN);
        assertThat(TOWN.sql().sql("select account from address where handle = :ada").param("ada", ada).query(String.class).list()).containsExactly("other");
    }

    @Test
    void obeysACommandInAChannel() {
        String channel = "C" + SLACK.newcomer();
        push(SLACK.message(channel, "<@USERAI> /new", SLACK.ts()));
        await().until(() -> SLACK.hears(channel).size() == 1);
        assertThat(SLACK.hears(channel).getFirst()).startsWith("We start over");
    }

    @Test
    void takesTheLaterWordingOfAMessage() {
        String ada = SLACK.newcomer();
        String ts = SLACK.ts();
        push(SLACK.message(ada, "Three chairs", ts));
        await().until(() -> SLACK.hears(ada).size() == 1);
        ObjectNode edit = SLACK.edit(ada, "Three chairs", "Five chairs", ts);
        push(edit);
        push(edit);
        push(SLACK.edit(ada, "Five chairs", "Five chairs", ts)); // a preview was added
        await().until(() -> SLACK.hears(ada).size() == 2);
        assertThat(said(ada)).containsExactly("Three chairs", "Five chairs");
    }

    @Test
    void keepsFilesAndShowsItsTokenToSlackAlone() throws Exception {
        String ada = SLACK.newcomer();
        ObjectNode event = SLACK.message(ada, "", SLACK.ts()).put("subtype", "file_share");
        event.putArray("files")
                .add(file("menu.png", SLACK.url() + "/files/menu.png", 17))
                .add(file("evil.png", "http://127.0.0.1:9/evil.png", 17))
                .add(file("huge.png", SLACK.url() + "/files/huge.png", 30_000_000));
        push(event);
        List<Attachment> kept = List.of(JSON.readValue(TOWN.sql()
                .sql("select attachments::text from message join address on address.id = address_id where handle = :ada and role = 'user'")
                .param("ada", ada).query(String.class).single(), Attachment[].class));
        assertThat(TOWN.bean(Attachments.class).read(kept.get(0))).hasValue("bytes of the file".getBytes(UTF_8));
        assertThat(kept.get(1).place()).isNull();
        assertThat(kept.get(2).place()).endsWith("/files/huge.png");
    }

    // What is posted -------------------------------------------------------------------------------------------------------------------

    @Test
    void postsOnceWhatSlackTookWithoutAnAnswer() {
        String ada = SLACK.newcomer();
        TOWN.model().says("Only once.");
        SLACK.swallowsAnAnswer(ada);
        SLACK.says(ada, "Hello", UUID.randomUUID().toString());
        await().until(() -> sent(ada) == 1);
        assertThat(SLACK.hears(ada)).containsExactly("Only once.");
        assertThat(SLACK.tries(ada)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fatal_error", "internal_error"})
    void postsAgainWhatSlackDidNotTake(String error) {
        String channel = "C" + SLACK.newcomer();
        TOWN.model().says("Only once.");
        if (error.isEmpty()) {
            SLACK.losesAPost();
        } else {
            SLACK.saysNo(error);
        }
        push(SLACK.message(channel, "<@USERAI> Hello", SLACK.ts()));
        await().until(() -> sent(channel) == 1);
        assertThat(SLACK.hears(channel)).containsExactly("Only once.");
    }

    @Test
    void postsNothingTwiceWhileItCannotFindOut() {
        String ada = SLACK.newcomer();
        SLACK.swallowsAnAnswer(ada);
        SLACK.breaks("conversations.history");
        SLACK.says(ada, "Hello", UUID.randomUUID().toString());
        await().until(() -> SLACK.hears(ada).size() == 1);
        await().until(() -> attempts(ada) > 1);
        SLACK.mends("conversations.history");
        await().until(() -> sent(ada) == 1);
        assertThat(SLACK.tries(ada)).hasSize(1);
    }

    @Test
    void postsNothingTwiceThatIsReplayed() {
        String ada = SLACK.newcomer();
        long letter = diedThoughItWasPosted(ada);
        TOWN.bean(Revival.class).replay(letter, "a scene", false);
        await().until(() -> sent(ada) == 1);
        assertThat(SLACK.tries(ada)).hasSize(1);
    }

    /** What it says now was never posted. */
    @Test
    void postsWhatWasCorrectedSinceItMayHaveArrived() {
        String ada = SLACK.newcomer();
        long letter = diedThoughItWasPosted(ada);
        long seen = TOWN.sql().sql("select max(id) from dead_letter_story where letter_id = :letter").param("letter", letter).query(Long.class).single();
        TOWN.bean(Correction.class).correct(letter, seen, "a scene", new Correction.Wish(null, "In better words.", null, null, null));
        TOWN.bean(Revival.class).replay(letter, "a scene", false);
        await().until(() -> sent(ada) == 1);
        assertThat(SLACK.hears(ada)).hasSize(2).last().isEqualTo("In better words.");
    }

    /** The dead letter of what Slack took, and of which nobody could find out for so long that it was given up. */
    private static long diedThoughItWasPosted(String handle) {
        SLACK.swallowsAnAnswer(handle);
        SLACK.breaks("conversations.history");
        try {
            SLACK.says(handle, "Hello", UUID.randomUUID().toString());
            await().until(() -> state(handle).equals("dead"));
        } finally {
            SLACK.mends("conversations.history");
        }
        assertThat(SLACK.hears(handle)).hasSize(1);
        return TOWN.sql().sql("""
                select dead_letter.id from dead_letter join parcel on parcel.id = any (subjects) join address on address.id = address_id
                where queue = 'parcels' and may_have_arrived and handle = :handle
                """).param("handle", handle).query(Long.class).single();
    }

    @Test
    void pausesTheAccountThatIsNotLetIn() {
        String ada = SLACK.newcomer();
        SLACK.saysNo("token_revoked");
        SLACK.says(ada, "Hello", UUID.randomUUID().toString());
        await().until(() -> TOWN.sql().sql("""
                select exists (select from work join lane using (queue, conversation_id) join parcel on parcel.id = subject_id join address on address.id = address_id
                               where queue = 'parcels' and lane.owner is null and handle = :ada and work.error like 'our account is paused%')
                """).param("ada", ada).query(Boolean.class).single());
        assertThat(TOWN.bean(Accounts.class).isPaused("slack", "main")).isTrue();
        TOWN.bean(Accounts.class).resume("slack", "main");
        await().until(() -> sent(ada) == 1);
    }

    @Test
    void givesUpWhatSlackWillNeverTake() {
        String ada = SLACK.newcomer();
        SLACK.saysNo("msg_too_long");
        SLACK.says(ada, "Hello", UUID.randomUUID().toString());
        await().until(() -> state(ada).equals("dead"));
        assertThat(SLACK.tries(ada)).hasSize(1);
    }

    @Test
    void writesInSlacksDialect() {
        String ada = SLACK.newcomer();
        TOWN.model().says("**Bold** & <danger> <!channel> [page](https://serai.io)");
        SLACK.says(ada, "Hello", UUID.randomUUID().toString());
        await().until(() -> SLACK.hears(ada).size() == 1);
        assertThat(SLACK.posts().getLast().form().get("text")).contains("*Bold* &amp;", "<https://serai.io|page>").doesNotContain("<!channel>");
    }

    /** A preview is fetched without a click, and what a model was talked into writing into a link would be told by it. */
    @Test
    void letsSlackFetchNothingThatALinkNames() {
        String ada = SLACK.newcomer();
        TOWN.model().says("See [this](https://evil.example/p.png?d=secret)");
        SLACK.says(ada, "Hello", UUID.randomUUID().toString());
        await().until(() -> SLACK.hears(ada).size() == 1);
        assertThat(SLACK.posts().getLast().form()).containsEntry("unfurl_links", "false").containsEntry("unfurl_media", "false");
    }

    private static void push(JsonNode event) {
        pushWhole(SLACK.callback(event));
    }

    private static void pushWhole(JsonNode payload) {
        var response = SLACK.push(payload, Map.of());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    private static ObjectNode file(String name, String url, long size) {
        return JSON.createObjectNode().put("name", name).put("mimetype", "image/png").put("size", size).put("url_private_download", url);
    }

    private static String now() {
        return String.valueOf(Instant.now().getEpochSecond());
    }

    private static List<String> said(String handle) {
        return TOWN.sql().sql("""
                select text from message join address on address.id = address_id where handle = :handle and role = 'user' order by message.id
                """).param("handle", handle).query(String.class).list();
    }

    private static List<String> authors(String handle) {
        return TOWN.sql().sql("""
                select coalesce(author, 'nobody') from message join address on address.id = address_id where handle = :handle and role = 'user' order by message.id
                """).param("handle", handle).query(String.class).list();
    }

    private static String rule(String text, String handle) {
        return TOWN.sql().sql("""
                select coalesce(suppressed_by, '') from message join address on address.id = address_id where handle = :handle and text = :text
                """).param("handle", handle).param("text", text).query(String.class).single();
    }

    private static List<String> threads(String channel) {
        return SLACK.posts().stream().filter(post -> post.channel().equals(channel)).map(post -> post.form().get("thread_ts")).toList();
    }

    private static String state(String handle) {
        return TOWN.sql().sql("select coalesce(max(state), '') from parcel join address on address.id = address_id where handle = :handle")
                .param("handle", handle).query(String.class).single();
    }

    private static int attempts(String handle) {
        return TOWN.sql().sql("select coalesce(max(attempts), 0) from parcel join address on address.id = address_id where handle = :handle")
                .param("handle", handle).query(Integer.class).single();
    }

    private static int sent(String handle) {
        return TOWN.sql().sql("select count(*) from parcel join address on address.id = address_id where handle = :handle and state = 'sent'")
                .param("handle", handle).query(Integer.class).single();
    }
}
