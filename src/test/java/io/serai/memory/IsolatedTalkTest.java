package io.serai.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.Home;
import io.serai.contact.Contacts;
import io.serai.message.Call;
import io.serai.message.Circumstances;
import io.serai.message.Contact;
import io.serai.message.Conversation;
import io.serai.message.Inbound;
import io.serai.message.Receipt;
import io.serai.message.Refused;
import io.serai.message.Turn;
import io.serai.town.ShortTalks;
import io.serai.town.Town;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job of a contact is told nothing of their other talks, nor these of it; what is of a deal is of the contact. */
@Tag("database")
@ResourceLock(ShortTalks.LOCK)
class IsolatedTalkTest {

    private static final Town TOWN = ShortTalks.town();

    private final String handle = "ada-" + UUID.randomUUID();

    /** It learns the budget from whatever mentions one, and tells a talk in short by repeating it. */
    @BeforeEach
    void script() {
        TOWN.model().answersBy(request -> {
            if (request.system().startsWith("You keep the file")) {
                return request.lastUser().replaceAll("(?s).*(budget is (\\d+) euros).*", "{\"profile\": {\"bant\": {\"budget\": \"$2 euros\"}}}").replaceAll("(?s)^[^{].*", "{}");
            }
            return request.system().contains("<now>") || request.lastUser().contains("<now>") ? "Well." : request.lastUser();
        });
    }

    @Test
    void keepsWhatWasSaidInItToItself() {
        says("job:7", "Remember that the canary sings in the cellar, my budget is 4711 euros, I'll send the plans tomorrow");
        for (int turn = 0; turn < 5; turn++) {
            says("job:7", "The canary sings again, time number " + turn);
        }
        says("main", "What do we know of the canary that sings in the cellar, and what was my budget last time?");
        assertThat(seen()).doesNotContain("sings again", "4711", "plans", "time number");
        assertThat(says("main", "/recall canary in the cellar")).doesNotContain("4711", "again");
        assertThat(says("main", "/forget")).isEqualTo("There is nothing that I could forget.");
        assertThat(TOWN.bean(Search.class).search(contact(), "canary", 20)).noneMatch(found -> found.text().contains("4711"));
        assertThat(ofContact("profile_fact")).isZero();
        assertThat(ofContact("commitment")).isZero();
        assertThat(ofContact("fact")).isZero();
    }

    @Test
    void isToldNothingOfOtherTalks() {
        says("main", "/remember that the gate is green");
        says("main", "The canary sings in the cellar, my budget is 4711 euros");
        for (int turn = 0; turn < 5; turn++) {
            says("main", "The canary sings again, time number " + turn);
        }
        says("job:7", "What do we know of the canary that sings in the cellar, and what was my budget last time?");
        assertThat(seen()).doesNotContain("sings again", "4711", "gate is green", "time number");
        says("main", "And what is my budget?");
        assertThat(seen()).contains("bant.budget = 4711 euros", "the gate is green");
        assertThat(says("job:7", "/recall canary in the cellar")).doesNotContain("4711", "sings again");
    }

    @Test
    void remembersItself() {
        says("job:7", "The canary sings in the cellar");
        for (int turn = 0; turn < 8; turn++) {
            says("job:7", "Let us talk about the weather of day " + turn);
        }
        note("ask for the cage");
        says("job:7", "Who sings in the cellar?");
        assertThat(seen()).contains("The canary sings in the cellar", "weather of day 7", "name=\\\"summary\\\"", "ask for the cage");
        Conversation job = TOWN.bean(Contacts.class).conversation(contact().id(), conversation("job:7")).orElseThrow();
        assertThat(TOWN.bean(Search.class).search(contact(), job, "Who sings in the cellar?", 20)).anyMatch(found -> found.text().contains("canary sings"));
    }

    @Test
    void knowsNothingOfAnotherJob() {
        says("job:7", "The canary sings in the cellar");
        says("job:8", "Who sings in the cellar?");
        assertThat(seen()).doesNotContain("canary");
    }

    @Test
    void hasOnlyTheOrdersThatConcernNoOtherTalk() {
        says("job:7", "Hello");
        assertThat(says("job:7", "/help")).contains("/recall", "/new").doesNotContain("/remember", "/forget", "/export", "/link");
        assertThat(says("job:7", "/export")).startsWith("There is no command `/export`");
        assertThat(says("job:7", "remember that the gate is red")).as("in plain words nothing is ordered").isEqualTo("Well.");
    }

    @Test
    void sharesWhatIsOfADeal() {
        says("deal:42", "The canary sings in the cellar, my budget is 4711 euros");
        says("main", "What do we know of the canary that sings in the cellar?");
        assertThat(seen()).contains("The canary sings in the cellar", "bant.budget = 4711 euros");
        says("job:deal:42", "What do we know of the canary that sings in the cellar?");
        assertThat(seen()).doesNotContain("4711");
    }

    /** The second wall, for a layer that does not filter by its reach. */
    @Test
    void standsBehindTheWallToo() {
        says("main", "The canary sings");
        says("job:7", "The raven croaks");
        String talk = "select text from talk where contact_id = :contact and role = 'user'";
        Wall wall = TOWN.bean(Wall.class);
        assertThat(wall.ask(contact(), talk, Map.of(), (row, number) -> row.getString(1))).containsExactly("The canary sings");
        assertThat(wall.ask(contact(), talk, Map.of("reach", conversation("job:7")), (row, number) -> row.getString(1))).containsExactly("The raven croaks");
        says("main", "/remember the gate is green");
        String facts = "select text from fact where contact_id = :contact";
        assertThat(wall.ask(contact(), facts, Map.of(), (row, number) -> row.getString(1))).hasSize(1);
        assertThat(wall.ask(contact(), facts, Map.of("reach", conversation("job:7")), (row, number) -> row.getString(1))).isEmpty();
    }

    /** The first wall, which stands by itself where a server grants no second one: the layers as the owner of the tables asks them. */
    @Test
    void isKeptApartByTheLayersThemselves() {
        says("main", "The canary sings in the cellar, every single day of the week");
        says("job:7", "The raven croaks in the cellar, every single night of the week");
        says("deal:42", "The sparrow chirps in the cellar, every single noon of the week");
        assertThat(told("recall", 0)).anyMatch(line -> line.contains("canary")).anyMatch(line -> line.contains("sparrow")).noneMatch(line -> line.contains("raven"));
        assertThat(told("recall", conversation("job:7"))).anyMatch(line -> line.contains("raven")).noneMatch(line -> line.contains("canary") || line.contains("sparrow"));
        TOWN.sql().sql("""
                insert into summary (contact_id, conversation_id, text, up_to, made_by, created_at)
                select contact_id, id, key, 9223372036854775807, 'model', now() from conversation where contact_id = :contact""").param("contact", contact().id()).update();
        TOWN.sql().sql("update message set said_at = said_at - interval '9 days' where contact_id = :contact and conversation_id <> :job")
                .param("contact", contact().id()).param("job", conversation("job:7")).update();
        assertThat(told("reactivation", 0)).singleElement().asString().contains("9 days of silence", "deal:42");
        says("job:7", "Hello");
        assertThat(TOWN.sql().sql("select reply_id from frame join message on id = reply_id where conversation_id = :job").param("job", conversation("job:7"))
                .query(Long.class).list().stream()
                .flatMap(reply -> StreamSupport.stream(TOWN.saw(reply).path("layers").spliterator(), false))
                .filter(layer -> layer.at("/cuts/0/reason").asText().equals("an isolated conversation is not told it"))
                .map(layer -> layer.path("name").asText()))
                .contains("profile", "changes", "commitments", "reactivation", "facts").doesNotContain("notes", "recent", "recall", "summary", "context");
    }

    /** What the model asks for by itself. */
    @Test
    void isSearchedByAToolFromWithinOnly() {
        says("main", "The canary sings in the cellar");
        says("job:7", "The raven croaks in the cellar");
        assertThat(recollected("main")).contains("canary").doesNotContain("raven");
        assertThat(recollected("job:7")).contains("raven").doesNotContain("canary");
    }

    private String recollected(String key) {
        Conversation talk = TOWN.bean(Contacts.class).conversation(contact().id(), conversation(key)).orElseThrow();
        return TOWN.bean(Recollect.class).recollect(new Call(new Turn(contact(), talk, null, List.of(), null), "recall", Map.of("query", "Who is in the cellar?")));
    }

    private List<String> told(String layer, long reach) {
        Map<String, Object> parameters = new HashMap<>(TOWN.bean(Asking.class).about(contact(), "Who is in the cellar of the week?"));
        parameters.putAll(Map.of("contact", contact().id(), "reach", reach, "conversation", 0L, "fresh", 0L, "first", Long.MAX_VALUE, "shown", new Long[0],
                "now", OffsetDateTime.now(ZoneOffset.UTC)));
        String sql = TOWN.bean(Home.class).text("memory/layers/" + layer + ".sql");
        parameters.keySet().removeIf(name -> !sql.contains(":" + name));
        return TOWN.sql().sql(sql).params(parameters).query((row, number) -> row.getString("text")).list();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Job:7", "JOB:7", "job:", "job: 7", "a b", "deal:4\n2", "deal:42 ", ":7", "7", "main of contact 42", "deal:42 of contact 7"})
    void isCalledByAKeyAndNothingElse(String key) {
        assertThatThrownBy(() -> inbound(key, "Hello")).isInstanceOf(Refused.class).hasMessageContaining("a key is a word in small letters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "web-chat", "deal:42", "job:7", "issue:42", "alert:{}/{severity=\"high\"}:{alertname=\"disk full\"}", "email:ada@example.org", "meeting:Jour fixe"})
    void mayBeCalledByAnyEntity(String key) {
        assertThat(inbound(key, "Hello").conversation()).isEqualTo(key);
    }

    private String says(String key, String text) {
        Receipt receipt = TOWN.receives(inbound(key, text));
        String answer = TOWN.answer(receipt);
        await().until(() -> TOWN.sql().sql("select count(*) from work where queue = 'reflections' and conversation_id = :conversation")
                .param("conversation", receipt.conversation().id()).query(Integer.class).single() == 0);
        return answer;
    }

    private Inbound inbound(String key, String text) {
        return new Inbound("webhook", "test", handle, UUID.randomUUID().toString(), null, text, List.of(), null, key, TOWN.clock().instant(), Circumstances.PLAIN);
    }

    /** The last prompt of this contact, all of it but what was just said: questions name what they ask for. */
    private String seen() {
        JsonNode frame = TOWN.saw(TOWN.sql().sql("select max(reply_id) from frame join message on id = reply_id where contact_id = :contact")
                .param("contact", contact().id()).query(Long.class).single());
        return frame.path("layers").toString() + frame.path("laid");
    }

    private Contact contact() {
        long id = TOWN.sql().sql("select contact_id from address where handle = :handle").param("handle", handle).query(Long.class).single();
        return TOWN.bean(Contacts.class).find(id).orElseThrow();
    }

    private long conversation(String key) {
        return TOWN.sql().sql("select id from conversation where contact_id = :contact and key = :key").param("contact", contact().id()).param("key", key).query(Long.class).single();
    }

    private int ofContact(String table) {
        return TOWN.sql().sql("select count(*) from " + table + " where contact_id = :contact").param("contact", contact().id()).query(Integer.class).single();
    }

    private void note(String content) {
        TOWN.sql().sql("insert into note (contact_id, category, content, priority, pinned, created_by) values (:contact, 'context', :content, 'high', true, 'ada')")
                .param("contact", contact().id()).param("content", content).update();
    }
}
