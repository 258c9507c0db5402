package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What operators see of a contact, and how a contact is erased. */
@Tag("database")
@ResourceLock(Gate.LOCK)
class ContactDeskTest {

    private String user = "user-" + UUID.randomUUID();

    @Test
    void showsAPersonWithTheWaysToReachThemAndTheirTalks() {
        says("Hello");

        JsonNode dossier = Gate.program().gets("/api/contacts/" + contact()).json();
        assertThat(dossier.at("/addresses/0/channel").asText()).isEqualTo("webhook");
        assertThat(dossier.at("/addresses/0/handle").asText()).isEqualTo(user);
        assertThat(dossier.at("/conversations/0/key").asText()).isEqualTo("main");
        assertThat(dossier.at("/conversations/0/messages").asInt()).isEqualTo(2);
        assertThat(dossier.at("/contact/heardAt").asText()).matches("\\d{4}-.*Z");
    }

    @Test
    void isNotReadAgainWhileNothingChanged() {
        String message = says("Hello");
        for (String path : List.of("/api/contacts/" + contact(), "/api/replies/" + message + "/frame")) {
            String seen = Gate.program().gets(path).header("ETag");
            var again = Gate.program().with("If-None-Match", seen).gets(path);
            assertThat(again.status()).isEqualTo(304);
            assertThat(again.text()).isEmpty();
        }
        String seen = Gate.program().gets("/api/contacts/" + contact()).header("ETag");
        says("And on");
        assertThat(Gate.program().with("If-None-Match", seen).gets("/api/contacts/" + contact()).status()).isEqualTo(200);
    }

    @Test
    void findsAPersonByAPartOfTheHandle() {
        says("Hello");

        JsonNode found = Gate.program().gets("/api/contacts?q=" + user.substring(5).toUpperCase()).json();
        assertThat(found.path("items")).hasSize(1);
        assertThat(found.at("/items/0/handles/0").asText()).endsWith(":" + user);
        assertThat(found.has("next")).isFalse();
    }

    @Test
    void turnsThePagesOfTheList() {
        String path = "/api/contacts?limit=1&q=" + user;
        says("Hello");
        long older = contact();
        user += "-at-work";
        says("Hello");

        JsonNode first = Gate.program().gets(path).json();
        JsonNode second = Gate.program().gets(path + "&before=" + first.path("next").asText()).json();

        assertThat(first.at("/items/0/id").asLong()).isEqualTo(contact());
        assertThat(second.at("/items/0/id").asLong()).isEqualTo(older);
        assertThat(second.has("next")).isFalse();
        assertThat(Gate.program().gets("/api/contacts?limit=0").status()).isEqualTo(400);
        assertThat(Gate.program().gets("/api/contacts?limit=501").status()).isEqualTo(400);
        assertThat(Gate.program().gets("/api/contacts/" + older + "/timeline?before=nonsense").status()).isEqualTo(400);
    }

    @Test
    void turnsThePagesOfATimelineWithoutMissingAnything() {
        for (String text : List.of("One", "Two", "Three")) {
            says(text);
        }
        String path = "/api/contacts/" + contact() + "/timeline?limit=2";

        List<String> seen = new ArrayList<>();
        JsonNode page = Gate.program().gets(path).json();
        seen.addAll(texts(page));
        while (page.has("next")) {
            page = Gate.program().gets(path + "&before=" + page.path("next").asText()).json();
            seen.addAll(texts(page));
        }
        assertThat(seen).hasSize(6).containsSubsequence("Three", "Two", "One");
    }

    @Test
    void showsWhatTheModelSaw() {
        String message = says("What did you see?");

        JsonNode seen = Gate.program().gets("/api/replies/" + message + "/frame").json();
        assertThat(seen.path("contact").asLong()).isEqualTo(contact());
        assertThat(seen.at("/frame/layers")).isNotEmpty();
        assertThat(seen.at("/frame/laid").toString()).contains("What did you see?");
        assertThat(Gate.program().gets("/api/replies/" + seen.path("reply").asText() + "/frame").json()).isEqualTo(seen);
    }

    @Test
    void startsATalkOverThatWasArchivedAndStillFindsWhatWasSaid() {
        says("My dog is called Rex");
        String desk = "/api/contacts/" + contact();
        String archive = "/conversations/" + Gate.program().gets(desk).json().at("/conversations/0/id").asLong() + "/archive";
        assertThat(Gate.program().posts("/api/contacts/0" + archive, "").status()).isEqualTo(404);
        assertThat(Gate.program().posts(desk + archive, "").status()).isEqualTo(204);

        String message = says("And now?");

        JsonNode layers = Gate.program().gets("/api/replies/" + message + "/frame").json().at("/frame/layers");
        assertThat(StreamSupport.stream(layers.spliterator(), false).filter(layer -> layer.path("name").asText().equals("recent")))
                .singleElement().satisfies(recent -> assertThat(recent.path("lines")).isEmpty());
        Awaitility.await().until(() -> Gate.program().gets(desk + "/recall?q=dog").text().contains("Rex"));
    }

    @Test
    void findsATurnWithWhereTheyStoodThen() {
        says("Hello");
        Gate.town().sql().sql("insert into profile_fact (contact_id, path, value, told_by, learned_at) values (?, 'stage', 'negotiation', 'operator', now())")
                .param(contact()).update();
        says("The blue pump at 900 euros, then");
        Awaitility.await().until(() -> Gate.program().gets("/api/contacts/" + contact() + "/recall?q=blue+pump").json().at("/found/0/stage").asText().equals("negotiation"));
    }

    @Test
    void tellsATalkInShortWhenAsked() {
        says("My dog is called Rex, he weighs 31 kg");
        String desk = "/api/contacts/" + contact();
        String summary = "/conversations/" + Gate.program().gets(desk).json().at("/conversations/0/id").asLong() + "/summary";
        assertThat(Gate.program().gets(desk).json().at("/conversations/0").has("summary")).as("not of itself after one message").isFalse();
        assertThat(Gate.program().posts("/api/contacts/0" + summary, "").status()).isEqualTo(404);
        assertThat(Gate.program(Rank.VIEWER).posts(desk + summary, "").status()).isEqualTo(403);

        assertThat(Gate.program().posts(desk + summary, "").status()).isEqualTo(202);

        Awaitility.await().until(() -> Gate.program().gets(desk).json().at("/conversations/0").has("summary"));
        assertThat(Gate.program().posts(desk + summary, "").status()).as("though there is nothing new").isEqualTo(202);
        says("And now?");
        assertThat(Gate.town().sql().sql("select count(*) from conversation where contact_id = ? and summary_wanted").param(contact()).query(Integer.class).single()).isZero();
    }

    @Test
    void leavesNothingBehindOfWhoIsErased() {
        String canary = "canary" + UUID.randomUUID().toString().replace("-", "");
        says("My secret is " + canary);
        says("Remember that " + canary + " is mine");
        says("/remember " + canary);
        long contact = contact();
        Gate.program().posts("/api/contacts/" + contact + "/notes", "{\"category\": \"context\", \"content\": \"" + canary + "\"}");
        Gate.town().model().keepsFailing(400);
        sends("This one dies with " + canary);
        Awaitility.await().until(() -> tables(canary).contains("dead_letter"));
        Gate.town().model().recovers();
        assertThat(tables(canary)).contains("message", "note", "fact");
        assertThat(Gate.admin().gets("/api/contacts/" + contact + "/export").json().at("/frame/0/prompt").toString()).contains(canary, "laid");
        assertThat(Gate.admin().gets("/api/contacts/" + contact + "/export").text()).contains(canary).contains("\"note\"").doesNotContain("\"embedding\"");

        assertThat(Gate.admin().sends("DELETE", "/api/contacts/" + contact, BodyPublishers.noBody()).status()).isEqualTo(204);

        assertThat(tables(canary)).isEmpty();
        assertThat(tables(user)).isEmpty();
        assertThat(Gate.program().gets("/api/contacts/" + contact).status()).isEqualTo(404);
        assertThat(Gate.admin().sends("DELETE", "/api/contacts/" + contact, BodyPublishers.noBody()).status()).isEqualTo(404);
    }

    /** In JSON its bytes are a word longer than any parser takes. */
    @Test
    void exportsAFileHoweverLargeItIs() {
        says("Here is our brochure");
        Gate.town().sql().sql("""
                insert into attachment (name, type, bytes, message_id)
                select 'brochure.pdf', 'application/pdf', convert_to(repeat('serai', 2400000), 'UTF8'), max(id) from message where contact_id = :contact
                """).param("contact", contact()).update();

        var answer = Gate.admin().gets("/api/contacts/" + contact() + "/export");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Disposition")).contains("attachment");
        assertThat(answer.text()).hasSizeGreaterThan(24_000_000).contains("brochure.pdf", "Here is our brochure").endsWith("]}");
        assertThat(Gate.admin().gets("/api/contacts/999999999/export").status()).isEqualTo(404);
    }

    @Test
    void leavesOthersAlone() {
        says("Hello");
        var other = new ContactDeskTest();
        other.says("I stay");

        Gate.admin().sends("DELETE", "/api/contacts/" + contact(), BodyPublishers.noBody());

        assertThat(Gate.program().gets("/api/contacts/" + other.contact()).json().at("/conversations/0/messages").asInt()).isEqualTo(2);
    }

    @Test
    void letsOnlyAdminsTakeOrEraseEverything() {
        says("Hello");
        long contact = contact();

        assertThat(Gate.program(Rank.ENGINEER).gets("/api/contacts/" + contact + "/export").status()).isEqualTo(403);
        assertThat(Gate.program(Rank.ENGINEER).sends("DELETE", "/api/contacts/" + contact, BodyPublishers.noBody()).status()).isEqualTo(403);
        assertThat(Gate.program(Rank.VIEWER).gets("/api/contacts/" + contact).status()).isEqualTo(403);
        assertThat(Gate.stranger().gets("/api/contacts/" + contact).status()).isEqualTo(401);
    }

    /** Every table that holds the word anywhere, as a search through a dump would find it. */
    private static List<String> tables(String word) {
        return Gate.town().sql().sql("select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'")
                .query(String.class)
                .list().stream()
                .filter(table -> Gate.town().sql()
                        .sql("select exists (select from %1$s where strpos(%1$s::text, :word) > 0 or strpos(%1$s::text, encode(convert_to(:word, 'UTF8'), 'hex')) > 0)"
                                .formatted(table))
                        .param("word", word)
                        .query(Boolean.class)
                        .single())
                .toList();
    }

    private String says(String text) {
        return sends(text, "?wait=30");
    }

    private void sends(String text) {
        sends(text, "");
    }

    private String sends(String text, String query) {
        return Gate.stranger().withToken(Gate.HOOK_PASSWORD)
                .posts("/hooks/desk" + query, "{\"user\": \"" + user + "\", \"text\": \"" + text + "\"}")
                .json().path("id").asText();
    }

    private long contact() {
        return Gate.program().gets("/api/contacts?q=" + user).json().at("/items/0/id").asLong();
    }

    private static List<String> texts(JsonNode page) {
        return StreamSupport.stream(page.path("items").spliterator(), false).map(item -> item.path("text").asText()).collect(Collectors.toList());
    }
}
