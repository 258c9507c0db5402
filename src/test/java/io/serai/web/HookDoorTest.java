package io.serai.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.contact.Belongings;
import io.serai.town.Town;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.transaction.support.TransactionTemplate;

/** Other systems speak up, and fetch their answers. */
@Tag("database")
@ResourceLock(Gate.LOCK)
class HookDoorTest {

    private static final byte[] KEY = Gate.HOOK_KEY.getBytes(UTF_8);
    private static final String PASSWORD = Gate.HOOK_PASSWORD;

    private final Town town = Gate.town();

    @Test
    void waitsForTheAnswer() {
        town.model().says("It ships today.");

        var answer = signed("msg_1", Instant.now(), "{\"user\": \"ann\", \"text\": \"Where is my order?\"}", "?wait=30");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().at("/reply/text").asText()).isEqualTo("It ships today.");
        assertThat(answer.json().path("state").asText()).isEqualTo("answered");
        assertThat(answer.json().path("duplicate").asBoolean()).isFalse();
    }

    @Test
    void tellsWhereToAskForTheAnswer() {
        var accepted = signed("msg_2", Instant.now(), "{\"user\": \"ben\", \"text\": \"Hello?\"}", "");
        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.header("Location")).isEqualTo("/hooks/shop/" + accepted.json().path("id").asText());

        var told = caller("msg_ask", Instant.now(), accepted.header("Location")).gets(accepted.header("Location") + "?wait=30");

        assertThat(told.status()).as(told.text()).isEqualTo(200);
        assertThat(told.json().path("state").asText()).isEqualTo("answered");
        assertThat(told.json().at("/reply/text").asText()).isNotBlank();
    }

    @Test
    void tellsNothingToAnotherHook() {
        var accepted = bearer().posts("/hooks/desk", "{\"user\": \"zoe\", \"text\": \"Mine\"}");
        String id = accepted.json().path("id").asText();

        assertThat(bearer().gets("/hooks/quota/" + id).status()).isEqualTo(404);
        assertThat(bearer().gets("/hooks/desk/" + UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(bearer().gets("/hooks/desk/not-an-id").status()).isEqualTo(400);
        assertThat(new Caller(town).gets("/hooks/desk/" + id).status()).isEqualTo(401);
    }

    @Test
    void acknowledgesADuplicateAndDropsIt() {
        String body = "{\"user\": \"cid\", \"text\": \"Once\"}";
        var first = signed("msg_3", Instant.now(), body, "?wait=30");
        var again = signed("msg_3", Instant.now(), body, "?wait=30");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("duplicate").asBoolean()).isTrue();
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.json().path("reply")).isEqualTo(first.json().path("reply"));
        assertThat(stored("msg_3")).isEqualTo(1);
    }

    @Test
    void tellsOfADuplicateWhatBecameOfTheFirst() {
        String body = "{\"user\": \"hal\", \"text\": \"Once\"}";
        signed("msg_6", Instant.now(), body, "?wait=30");
        var again = signed("msg_6", Instant.now(), body, "");

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.json().path("state").asText()).isEqualTo("answered");
    }

    @Test
    void tellsThatItDied() {
        town.model().keepsFailing(400);
        String body = "{\"user\": \"ida\", \"text\": \"Never\"}";
        assertThat(signed("msg_7", Instant.now(), body, "?wait=30").status()).isEqualTo(502);
        town.model().recovers();
        var again = signed("msg_7", Instant.now(), body, "");
        String location = again.header("Location");

        assertThat(again.json().path("state").asText()).isEqualTo("dead");
        for (String wait : new String[] {"", "?wait=30"}) {
            var told = caller("msg_ask", Instant.now(), location).gets(location + wait);
            assertThat(told.status()).as(told.text()).isEqualTo(200);
            assertThat(told.json().path("state").asText()).isEqualTo("dead");
        }
    }

    @Test
    void saysThatItWasErasedWhileSomebodyWaited() {
        var accepted = signed("msg_8", Instant.now(), "{\"user\": \"joy\", \"text\": \"Forget me\"}", "?wait=30");
        String location = accepted.header("Location");
        long joy = town.sql().sql("select contact_id from message where external_id = 'msg_8'").query(Long.class).single();

        var told = town.bean(TransactionTemplate.class).execute(transaction -> {
            town.sql().sql("lock table counter in access exclusive mode").update();
            var asked = CompletableFuture.supplyAsync(() -> caller("msg_ask", Instant.now(), location).gets(location + "?wait=1"));
            await().until(this::isAnAnswerLookedFor);
            town.bean(Belongings.class).erase(joy, "ada");
            return asked;
        });

        assertThat(told.join().status()).as(told.join().text()).isEqualTo(410);
        assertThat(told.join().json().path("type").asText()).isEqualTo("urn:serai:problem:erased");
        assertThat(caller("msg_ask", Instant.now(), location).gets(location).status()).isEqualTo(404);
    }

    /** Somebody knows the message already, and wants to read at the counter. */
    private boolean isAnAnswerLookedFor() {
        return town.sql().sql("""
                select exists (select from pg_locks join pg_stat_activity using (pid) where relation = 'counter'::regclass and not granted and query like '%bool_and%')
                """).query(Boolean.class).single();
    }

    @Test
    void takesTheSameBodyWithoutAnIdAsTheSameMessage() {
        String body = "{\"user\": \"dan\", \"text\": \"Disk full\"}";

        assertThat(bearer().posts("/hooks/desk", body).json().path("duplicate").asBoolean()).isFalse();
        assertThat(bearer().posts("/hooks/desk", body).json().path("duplicate").asBoolean()).isTrue();
        assertThat(bearer().with("Idempotency-Key", "a").posts("/hooks/desk", body).json().path("duplicate").asBoolean()).isFalse();
        assertThat(bearer().with("Idempotency-Key", "b").posts("/hooks/desk", body).json().path("duplicate").asBoolean()).isFalse();
    }

    @Test
    void readsGithubInItsOwnWay() {
        String body = """
                {"action": "opened", "repository": {"full_name": "acme/bell"}, "sender": {"login": "eve"},
                 "issue": {"number": 7, "title": "It's {broken}, isn't it?", "body": "It does not ring."}}
                """;
        String signature = "sha256=" + HexFormat.of().formatHex(Hmac.of(PASSWORD.getBytes(UTF_8), body.getBytes(UTF_8)));

        var answer = new Caller(town)
                .with("X-Hub-Signature-256", signature)
                .with("X-GitHub-Delivery", "d-1")
                .posts("/hooks/github?wait=30", body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        var message = town.sql().sql("""
                select text, author, handle, key
                from message join address on address.id = address_id join conversation on conversation.id = conversation_id
                where external_id = 'd-1'
                """).query().singleRow();
        assertThat(message).containsEntry("text", "GitHub reports: opened It's {broken}, isn't it?\nIt does not ring.")
                .containsEntry("author", "eve").containsEntry("handle", "acme/bell").containsEntry("key", "issue:7");
    }

    @Test
    void refusesAWrongSignature() {
        var answer = caller("msg_4", Instant.now(), "{}").posts("/hooks/shop", "{\"user\": \"ann\", \"text\": \"Forged\"}");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(stored("msg_4")).isZero();
    }

    @Test
    void refusesASignatureThatIsTooOld() {
        assertThat(signed("msg_5", Instant.now().minusSeconds(360), "{\"user\": \"ann\", \"text\": \"Late\"}", "").status()).isEqualTo(401);
        assertThat(stored("msg_5")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"nowhere", "closed", "..%2fshop", "Shop"})
    void tellsStrangersNothingAboutOtherHooks(String name) {
        var answer = bearer().posts("/hooks/" + name, "{\"user\": \"ann\", \"text\": \"Hi\"}");

        assertThat(answer.status()).isBetween(400, 404);
        assertThat(answer.text()).doesNotContain("serai.hooks");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', value = {
        "\"\"; 400; malformed",
        "[1]; 400; malformed",
        "\"null\"; 400; malformed",
        "{'user': 'ann', 'text'; 400; malformed",
        "{'user': 'ann'} {'user': 'ben'}; 400; malformed",
        "{'user': 'ann', 'user': 'ben', 'text': 'Hi'}; 400; malformed",
        "{'text': 'Nobody said it'}; 422; refused",
        "{'user': 'ann'}; 422; refused"
    })
    void saysWhatIsWrongWithABody(String body, int status, String kind) {
        long before = count();
        var answer = bearer().posts("/hooks/quota", body.replace('\'', '"'));

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("type").asText()).isEqualTo("urn:serai:problem:" + kind);
        assertThat(answer.text()).doesNotContain("ann", "io.serai", "jackson");
        assertThat(count()).isEqualTo(before);
    }

    @Test
    void refusesWhatIsNotUtf8() {
        byte[] body = "{\"user\": \"ann\", \"text\": \"caf\u00e9\"}".getBytes(ISO_8859_1);
        var answer = bearer().with("Content-Type", "application/json").sends("POST", "/hooks/desk", BodyPublishers.ofByteArray(body));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).contains("not UTF-8", "offset 28");
    }

    @Test
    void refusesWhatIsNotJson() {
        assertThat(bearer().with("Content-Type", "text/plain").sends("POST", "/hooks/desk", BodyPublishers.ofString("{}")).status())
                .isEqualTo(415);
    }

    @Test
    void takesNoOrdersFromHeadersOrParameters() {
        var answer = bearer()
                .with("CamelBeanMethodName", "toString")
                .with("CamelHttpUri", "http://127.0.0.1:1/")
                .with("CamelTelegramChatId", "999")
                .posts("/hooks/desk?wait=30&CamelBeanMethodName=hashCode&CamelHttpUri=http://127.0.0.1:1/&CamelTelegramChatId=999",
                        "{\"user\": \"fay\", \"text\": \"Hello\", \"CamelBeanMethodName\": \"toString\"}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.response().headers().map().keySet()).noneMatch(name -> name.toLowerCase().startsWith("camel"));
    }

    @Test
    void refusesToWaitForever() {
        assertThat(bearer().posts("/hooks/desk?wait=61", "{\"user\": \"ann\", \"text\": \"Hi\"}").status()).isEqualTo(400);
        assertThat(bearer().posts("/hooks/desk?wait=soon", "{\"user\": \"ann\", \"text\": \"Hi\"}").status()).isEqualTo(400);
    }

    @Test
    void keepsWhatPeopleWroteAsItIs() {
        String text = "שלום 👋🏽 e\u0301 \u202Ertl\u202C";
        var answer = bearer().posts("/hooks/desk?wait=30", "{\"user\": \"gil\", \"text\": \"" + text + "\"}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(town.sql().sql("select text from message where public_id = :id")
                .param("id", UUID.fromString(answer.json().path("id").asText()))
                .query(String.class)
                .single()).isEqualTo(text);
    }

    private Caller.Answer signed(String id, Instant at, String body, String query) {
        return caller(id, at, body).posts("/hooks/shop" + query, body);
    }

    private Caller caller(String id, Instant at, String content) {
        String timestamp = String.valueOf(at.getEpochSecond());
        byte[] signature = Hmac.of(KEY, (id + "." + timestamp + "." + content).getBytes(UTF_8));
        return new Caller(town)
                .with("webhook-id", id)
                .with("webhook-timestamp", timestamp)
                .with("webhook-signature", "v1," + Base64.getEncoder().encodeToString(signature));
    }

    private Caller bearer() {
        return new Caller(town).withToken(PASSWORD);
    }

    private int stored(String externalId) {
        return town.sql().sql("select count(*) from message where external_id = :id").param("id", externalId).query(Integer.class).single();
    }

    private long count() {
        return town.sql().sql("select count(*) from message where account = 'quota'").query(Long.class).single();
    }
}
