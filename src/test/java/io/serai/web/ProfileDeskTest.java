package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.town.Learners;
import io.serai.town.Town;
import io.serai.town.Visitor;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was learned is wrong, and an operator knows better. */
@Tag("database")
@ResourceLock(Learners.LOCK)
class ProfileDeskTest {

    private static final String LESSON = """
            {"profile": {"identity": {"company": "Acne"}, "stage": "qualifying"}, "commitments": [{"who": "them", "what": "measure the cellar"}]}""";
    private static final Town TOWN = Learners.town();

    private final Caller operator = program().with("If-Match", "*");
    private final Visitor customer = TOWN.visitor();
    private String desk;

    @BeforeEach
    void learn() {
        TOWN.model().answersBy(request -> request.system().startsWith("You keep the file") ? LESSON : "Well.");
        says("We are Acne and will measure the cellar");
        desk = "/api/contacts/" + operator.gets("/api/contacts?limit=1").json().at("/items/0/id").asLong();
        await().until(() -> dossier().path("profile").size() == 2);
    }

    @Test
    void learnsNothingAgainThatWasCorrectedOrDeleted() {
        JsonNode right = put(fact("identity.company"), "Acme").json();
        assertThat(right.path("toldBy").asText()).isEqualTo("operator");
        assertThat(delete(fact("stage"))).isEqualTo(204);

        says("As I said, we are Acne");

        assertThat(dossier().path("profile")).as("the name is wrong for good, a stage may come again").hasSize(2).contains(right);
        assertThat(delete(right.path("id").asLong())).isEqualTo(204);
        says("Yes, Acne");
        assertThat(dossier().path("profile")).hasSize(1).allSatisfy(fact -> assertThat(fact.path("path").asText()).isEqualTo("stage"));
    }

    @Test
    void correctsTheSpellingOfWhatIsKnown() {
        assertThat(put(fact("identity.company"), "ACNE").json().path("value").asText()).isEqualTo("ACNE");
        assertThat(dossier().path("profile")).hasSize(2);
    }

    @Test
    void letsWhoComesSecondReadAgain() {
        long fact = fact("identity.company");
        assertThat(put(fact, "Acme").status()).isEqualTo(200);
        assertThat(put(fact, "Acorn").status()).isEqualTo(404);
        assertThat(delete(fact)).isEqualTo(404);
    }

    @Test
    void changesOnlyTheVersionThatWasSeen() {
        String place = desk + "/profile/" + fact("identity.company");
        String seen = operator.gets(place).header("ETag");
        assertThat(program().with("If-None-Match", seen).gets(place).status()).isEqualTo(304);
        assertThat(program().with("Content-Type", "application/json").sends("PUT", place, BodyPublishers.ofString("{\"value\": \"Acme\"}")).status()).isEqualTo(428);
        assertThat(program().sends("DELETE", place, BodyPublishers.noBody()).status()).isEqualTo(428);
        var spelt = program().with("If-Match", seen).with("Content-Type", "application/json").sends("PUT", place, BodyPublishers.ofString("{\"value\": \"ACNE\"}"));
        assertThat(spelt.status()).isEqualTo(200);
        assertThat(desk + "/profile/" + spelt.json().path("id").asText()).as("the same fact").isEqualTo(place);
        assertThat(operator.gets(place).header("ETag")).isEqualTo(spelt.header("ETag")).isNotEqualTo(seen);
        assertThat(program().with("If-Match", seen).sends("DELETE", place, BodyPublishers.noBody()).status()).as("somebody was faster").isEqualTo(412);
        assertThat(program().with("If-Match", seen + ", " + spelt.header("ETag")).sends("DELETE", place, BodyPublishers.noBody()).status()).isEqualTo(204);
    }

    private static Caller program() {
        return new Caller(TOWN).withToken(Learners.TOKEN);
    }

    @ParameterizedTest
    @CsvSource({"stage, emperor, 422", "stage, negotiation, 200", "identity.company, '  ', 400"})
    void takesOnlyWhatAProfileMayHold(String path, String value, int status) {
        assertThat(put(fact(path), value).status()).isEqualTo(status);
        says("We are still here");
        assertThat(dossier().path("profile")).as("learning goes on").hasSize(2);
    }

    @Test
    void closesAPromiseThatWasKept() {
        String promise = desk + "/commitments/" + dossier().at("/commitments/0/id").asLong() + "/done";
        assertThat(operator.posts(promise, "").status()).isEqualTo(204);
        assertThat(operator.posts(promise, "").status()).isEqualTo(204);
        assertThat(dossier().path("commitments")).isEmpty();
        assertThat(operator.posts(promise.replace(desk, "/api/contacts/0"), "").status()).isEqualTo(404);
    }

    @Test
    void isListedPageByPage() {
        JsonNode first = operator.gets(desk + "/profile?limit=1").json();
        JsonNode second = operator.gets(desk + "/profile?limit=1&after=" + first.path("next").asText()).json();
        assertThat(List.of(first.at("/items/0"), second.at("/items/0"))).containsExactlyInAnyOrderElementsOf(dossier().path("profile"));
        assertThat(second.has("next")).isFalse();
        operator.posts(desk + "/commitments/" + dossier().at("/commitments/0/id").asLong() + "/done", "");
        JsonNode promises = operator.gets(desk + "/commitments").json();
        assertThat(promises.at("/items/0/what").asText()).isEqualTo("measure the cellar");
        assertThat(promises.at("/items/0/doneAt").asText()).isNotEmpty();
        assertThat(operator.gets("/api/contacts/0/profile").json().path("items")).isEmpty();
        assertThat(operator.gets(desk + "/commitments?limit=501").status()).isEqualTo(400);
    }

    @Test
    void isForOperatorsAndForThisContact() {
        String fact = "/profile/" + fact("stage");
        assertThat(new Caller(TOWN).sends("DELETE", desk + fact, BodyPublishers.noBody()).status()).isEqualTo(401);
        assertThat(operator.sends("DELETE", "/api/contacts/0" + fact, BodyPublishers.noBody()).status()).isEqualTo(404);
    }

    /** Says something, and waits until it was read for the profile. */
    private void says(String text) {
        customer.says(text);
        customer.hears();
        await().until(() -> TOWN.sql().sql("select min(learned_to) = (select max(id) from message) from study where conversation_id = "
                + "(select conversation_id from message order by id desc limit 1)").query(Boolean.class).optional().orElse(false));
    }

    private JsonNode dossier() {
        return operator.gets(desk).json();
    }

    private long fact(String path) {
        for (JsonNode fact : dossier().path("profile")) {
            if (fact.path("path").asText().equals(path)) {
                return fact.path("id").asLong();
            }
        }
        throw new AssertionError("nothing known of " + path);
    }

    private Caller.Answer put(long fact, String value) {
        return operator.with("Content-Type", "application/json").sends("PUT", desk + "/profile/" + fact, BodyPublishers.ofString("{\"value\": \"" + value + "\"}"));
    }

    private int delete(long fact) {
        return operator.sends("DELETE", desk + "/profile/" + fact, BodyPublishers.noBody()).status();
    }
}
