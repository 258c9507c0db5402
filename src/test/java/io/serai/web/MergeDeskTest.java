package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Two contacts who turn out to be one person, and two again. */
@Tag("database")
@ResourceLock(Gate.LOCK)
class MergeDeskTest {

    private final String ann = "ann-" + UUID.randomUUID();
    private final String work = "ann-at-work-" + UUID.randomUUID();

    @Test
    void remembersAsOneWhatWasSaidToTwo() {
        says(ann, "My dog is called Rex");
        says(work, "I am in purchasing");
        long kept = contact(ann);
        long merged = contact(work);
        merges(kept, merged);

        says(work, "Hello again");

        assertThat(contact(work)).isEqualTo(kept);
        assertThat(Gate.program().gets("/api/contacts/" + merged).json().at("/contact/mergedInto").asLong()).isEqualTo(kept);
        assertThat(Gate.program().gets("/api/contacts/" + kept).json().at("/contact").has("mergedInto")).isFalse();
        JsonNode dossier = Gate.program().gets("/api/contacts/" + kept).json();
        assertThat(dossier.path("addresses")).hasSize(2);
        assertThat(Gate.program().gets("/api/contacts/" + kept + "/timeline").text()).contains("Rex", "purchasing", "Hello again");
    }

    @Test
    void givesBackToEachWhatWasTheirs() {
        says(ann, "My dog is called Rex");
        says(work, "I am in purchasing");
        long kept = contact(ann);
        long merged = contact(work);
        note(merged, "likes tea");
        long merge = merges(kept, merged);
        says(work, "Said in the meantime at work");
        says(ann, "Said in the meantime at home");

        assertThat(Gate.program().posts("/api/merges/" + merge + "/undo", "{}").status()).isEqualTo(200);

        assertThat(contact(work)).isEqualTo(merged);
        String home = Gate.program().gets("/api/contacts/" + kept + "/timeline").text();
        String office = Gate.program().gets("/api/contacts/" + merged + "/timeline").text();
        assertThat(home).contains("Rex", "meantime at home").doesNotContain("purchasing", "meantime at work", "likes tea");
        assertThat(office).contains("purchasing", "meantime at work", "likes tea").doesNotContain("Rex", "meantime at home");
        assertThat(Gate.program().gets("/api/contacts/" + merged).json().at("/conversations/0/key").asText()).isEqualTo("main");
        says(work, "And on");
        assertThat(Gate.program().gets("/api/contacts/" + merged).json().path("conversations")).hasSize(1);
    }

    @Test
    void givesBackWhatCouldNotBeSentInTheMeantime() {
        says(ann, "My dog is called Rex");
        says(work, "I am in purchasing");
        long kept = contact(ann);
        long merged = contact(work);
        long merge = merges(kept, merged);
        says(work, "Said in the meantime at work");
        long letter = Gate.town().sql().sql("""
                with dead as (
                    update parcel set state = 'dead' where reply_id = (select answer_id from message where contact_id = :kept and text like '%meantime at work')
                    returning id, conversation_id
                )
                insert into dead_letter (queue, conversation_id, shape, subjects, body, reason, trace, attempts)
                select 'parcels', conversation_id, 'Parcel', array[id], '{"text": "Answered at work"}', '403', 'x', 1 from dead returning id
                """).param("kept", kept).query(Long.class).single();

        assertThat(Gate.program().posts("/api/merges/" + merge + "/undo", "{}").status()).isEqualTo(200);

        assertThat(Gate.program().gets("/api/dead-letters?contact=" + merged).json().path("items").findValuesAsText("id")).containsExactly(String.valueOf(letter));
        assertThat(Gate.program().gets("/api/dead-letters?contact=" + kept).json().path("items")).isEmpty();
        assertThat(Gate.admin().gets("/api/contacts/" + kept + "/export").text()).contains("Rex").doesNotContain("Answered at work");
        assertThat(Gate.admin().gets("/api/contacts/" + merged + "/export").text()).contains("Answered at work");
    }

    /** What a model was told of the other one in the meantime is erased nowhere else: the frame has it. */
    @Test
    void leavesWhatTheModelSawAsItWasWhenTheOtherOneIsErased() {
        says(ann, "My dog is called Rex");
        says(work, "I am in purchasing");
        long kept = contact(ann);
        long merged = contact(work);
        long merge = merges(kept, merged);
        says(work, "Said in the meantime at work");
        says(ann, "Said in the meantime at home");
        long reply = Gate.town().sql().sql("select max(reply_id) from frame join message on id = reply_id where contact_id = ?").param(kept).query(Long.class).single();
        JsonNode seen = Gate.town().saw(reply);
        assertThat(seen.path("laid").toString()).contains("meantime at work", "meantime at home");

        Gate.program().posts("/api/merges/" + merge + "/undo", "{}");
        Gate.admin().sends("DELETE", "/api/contacts/" + merged, BodyPublishers.noBody());

        assertThat(Gate.program().gets("/api/contacts/" + kept + "/timeline").text()).contains("meantime at home").doesNotContain("meantime at work");
        assertThat(Gate.town().saw(reply)).isEqualTo(seen);
    }

    /** As when both had written before we answered, and what changed for the one was told in an answer to the other. */
    @Test
    void erasesEitherWhenOneAnswerWasGivenToBoth() {
        says(ann, "My dog is called Rex");
        says(work, "I am in purchasing");
        long kept = contact(ann);
        long merged = contact(work);
        long merge = merges(kept, merged);
        says(work, "Said in the meantime at work");
        says(ann, "Said in the meantime at home");
        Gate.town().sql().sql("update message set answer_id = (select max(answer_id) from message where contact_id = :kept) where contact_id = :kept and text like 'Said%'")
                .param("kept", kept).update();
        Gate.town().sql().sql("""
                insert into profile_change (contact_id, path, was, now, changed_at, told_in)
                select contact_id, 'identity.company', 'Acme', 'Bolt', now(), answer_id from message where contact_id = :kept and text like '%at work'
                """).param("kept", kept).update();
        Gate.town().sql().sql("update message set answer_id = null where contact_id = :kept and text like 'My dog%'").param("kept", kept).update();
        Gate.program().posts("/api/merges/" + merge + "/undo", "{}");

        assertThat(Gate.admin().sends("DELETE", "/api/contacts/" + kept, BodyPublishers.noBody()).status()).isEqualTo(204);

        assertThat(Gate.program().gets("/api/contacts/" + kept).status()).isEqualTo(404);
        assertThat(Gate.program().gets("/api/contacts/" + merged + "/timeline").text()).contains("meantime at work").doesNotContain("meantime at home");
    }

    @Test
    void neitherErasesNorExportsWhoIsAnotherOneNow() {
        says(ann, "My dog is called Rex");
        says(work, "I am in purchasing");
        long kept = contact(ann);
        long merged = contact(work);
        long merge = merges(kept, merged);

        Caller.Answer erased = Gate.admin().sends("DELETE", "/api/contacts/" + merged, BodyPublishers.noBody());
        assertThat(erased.status()).isEqualTo(422);
        assertThat(erased.text()).contains(String.valueOf(kept), "undo merge " + merge);
        assertThat(Gate.admin().gets("/api/contacts/" + merged + "/export").status()).isEqualTo(422);
        assertThat(Gate.program().gets("/api/contacts/" + kept + "/timeline").text()).contains("purchasing");

        Gate.program().posts("/api/merges/" + merge + "/undo", "{}");
        assertThat(Gate.admin().gets("/api/contacts/" + merged + "/export").text()).contains("purchasing").doesNotContain("Rex");
        assertThat(Gate.admin().sends("DELETE", "/api/contacts/" + merged, BodyPublishers.noBody()).status()).isEqualTo(204);
        assertThat(Gate.program().gets("/api/contacts/" + merged).status()).isEqualTo(404);
    }

    @Test
    void isReachedAsEitherWished() {
        says(ann, "Hello");
        says(work, "Hello");
        long kept = contact(ann);
        long merged = contact(work);
        wishes(merged, "{\"off\": [\"web-chat\"], \"timeZone\": \"Europe/Berlin\", \"quiet\": {\"from\": \"22:00\", \"to\": \"07:00\"}}");
        long merge = merges(kept, merged);
        assertThat(wish(kept).at("/quiet/from").asText()).isEqualTo("22:00:00");
        assertThat(wish(kept).at("/timeZone").asText()).isEqualTo("Europe/Berlin");
        assertThat(puts(merged, "{}").status()).isEqualTo(404);

        Gate.program().posts("/api/merges/" + merge + "/undo", "{}");

        assertThat(wish(kept).has("timeZone") || wish(kept).has("quiet")).isFalse();
        assertThat(wish(merged).at("/off/0").asText()).isEqualTo("web-chat");
        assertThat(wish(merged).at("/timeZone").asText()).isEqualTo("Europe/Berlin");
    }

    @Test
    void isNotReachedByAWayThatEitherClosed() {
        says(ann, "Hello");
        says(work, "Hello");
        long kept = contact(ann);
        long merged = contact(work);
        wishes(kept, "{\"off\": [\"webhook\"], \"timeZone\": \"Asia/Tokyo\"}");
        wishes(merged, "{\"off\": [\"web-chat\", \"webhook\"], \"timeZone\": \"Europe/Berlin\"}");

        merges(kept, merged);

        assertThat(wish(kept).path("off")).extracting(JsonNode::asText).containsExactlyInAnyOrder("webhook", "web-chat");
        assertThat(wish(kept).at("/timeZone").asText()).isEqualTo("Asia/Tokyo");
    }

    @Test
    void refusesWhatCannotBe() {
        says(ann, "Hello");
        says(work, "Hello");
        long kept = contact(ann);
        long merged = contact(work);
        long merge = merges(kept, merged);

        assertThat(tries(kept, kept).status()).isEqualTo(422);
        assertThat(tries(kept, merged).status()).isEqualTo(422);
        assertThat(tries(merged, kept).status()).isEqualTo(422);
        assertThat(tries(kept, 999_999_999).status()).isEqualTo(422);
        assertThat(Gate.program().posts("/api/contacts/" + kept + "/merges", "{}").status()).isEqualTo(400);
        assertThat(Gate.program().posts("/api/merges/" + merge + "/undo", "{}").status()).isEqualTo(200);
        assertThat(Gate.program().posts("/api/merges/" + merge + "/undo", "{}").status()).isEqualTo(422);
        assertThat(Gate.program(Rank.VIEWER).posts("/api/merges/" + merge + "/undo", "{}").status()).isEqualTo(403);
    }

    @Test
    void erasesBothOfOne() {
        says(ann, "My dog is called Rex");
        says(work, "I am in purchasing");
        long kept = contact(ann);
        long merged = contact(work);
        merges(kept, merged);

        Gate.admin().sends("DELETE", "/api/contacts/" + kept, BodyPublishers.noBody());

        assertThat(Gate.program().gets("/api/contacts/" + merged).status()).isEqualTo(404);
        assertThat(Gate.town().sql().sql("select count(*) from contact_merge where kept_id = ?").param(kept).query(Long.class).single()).isZero();
    }

    @Test
    void areListedTheNewestFirstPageByPage() {
        says(ann, "Hello");
        says(work, "Hello");
        long kept = contact(ann);
        long first = merges(kept, contact(work));
        Gate.program().posts("/api/merges/" + first + "/undo", "{}");
        long second = merges(kept, contact(work));
        String list = "/api/contacts/" + kept + "/merges";
        assertThat(Gate.program().gets(list).json().path("items")).extracting(merge -> merge.path("id").asLong()).containsExactly(second, first);
        JsonNode page = Gate.program().gets(list + "?limit=1").json();
        JsonNode next = Gate.program().gets(list + "?limit=1&before=" + page.path("next").asText()).json();
        assertThat(next.at("/items/0/id").asLong()).isEqualTo(first);
        assertThat(next.has("next")).isFalse();
    }

    private static Caller.Answer tries(long kept, long merged) {
        return Gate.program().posts("/api/contacts/" + kept + "/merges", "{\"contact\": " + merged + "}");
    }

    private static long merges(long kept, long merged) {
        return tries(kept, merged).json().path("id").asLong();
    }

    private static void wishes(long contact, String wishes) {
        assertThat(puts(contact, wishes).status()).isEqualTo(200);
    }

    private static Caller.Answer puts(long contact, String wishes) {
        return Gate.program().with("Content-Type", "application/json").with("If-Match", "*").sends("PUT", "/api/contacts/" + contact + "/delivery", BodyPublishers.ofString(wishes));
    }

    private static JsonNode wish(long contact) {
        return Gate.program().gets("/api/contacts/" + contact + "/delivery").json();
    }

    private static void note(long contact, String content) {
        Gate.program().posts("/api/contacts/" + contact + "/notes", "{\"category\": \"context\", \"content\": \"" + content + "\"}");
    }

    private static void says(String user, String text) {
        Gate.stranger().withToken(Gate.HOOK_PASSWORD).posts("/hooks/desk?wait=30", "{\"user\": \"" + user + "\", \"text\": \"" + text + "\"}");
    }

    private static long contact(String user) {
        return Gate.program().gets("/api/contacts?q=" + user).json().at("/items/0/id").asLong();
    }
}
