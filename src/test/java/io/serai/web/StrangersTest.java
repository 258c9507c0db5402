package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.message.Came;
import io.serai.message.Circumstances;
import io.serai.message.Receipt;
import io.serai.channel.Pulses;
import io.serai.town.Doorstep;
import io.serai.town.Town;
import io.serai.town.Visitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** People nobody knows yet. */
@Tag("database")
@ResourceLock(Doorstep.LOCK)
class StrangersTest {

    private final Town town = Doorstep.town();
    private final Caller operator = new Caller(town).withToken(Doorstep.TOKEN);

    @BeforeEach
    void nobodyWaits() {
        town.sql().sql("delete from pairing").update();
        town.sql().sql("update message set held_by = null, suppressed_by = 'undecided' where held_by is not null").update();
        town.model().says("Good day.");
    }

    @Test
    void answersAfterApprovalWhatWasSaidBefore() {
        Visitor ada = town.visitor();
        String first = ada.says("I am Ada.");
        ada.says("When do you open?");
        JsonNode stranger = only();
        assertThat(stranger.path("messages").asInt()).isEqualTo(2);
        assertThat(stranger.path("first").asText()).isEqualTo("I am Ada.");
        assertThat(stranger.path("code").asText()).matches("[A-HJ-NP-Z2-9]{8}");
        assertThat(fate(first).path("state").asText()).isEqualTo("held");
        assertThat(fate(first).path("rule").asText()).isEqualTo("pairing");
        assertThat(ada.hears()).contains(stranger.path("code").asText());

        town.model().answersBy(request -> "To: " + request.lastUser());
        var approved = operator.posts("/api/pairings/approve", "{\"code\": \"" + stranger.path("code").asText().toLowerCase() + "\"}");

        assertThat(approved.status()).as(approved.text()).isEqualTo(200);
        assertThat(ada.hears()).containsSubsequence("I am Ada.", "When do you open?");
        assertThat(fate(first).path("state").asText()).isIn("answered", "sending");
        assertThat(waiting()).isEmpty();
        ada.says("Thank you");
        assertThat(ada.hears()).contains("Thank you");
    }

    @Test
    void tellsOneCodeHoweverOftenSomebodyWrites() {
        Visitor ada = town.visitor();
        ada.says("Hello?");
        String code = only().path("code").asText();
        ada.says("Hello??");
        ada.says("Hello???");

        assertThat(only().path("code").asText()).isEqualTo(code);
        assertThat(told(only())).isEqualTo(1);
    }

    @Test
    void tellsAtMostThreeStrangersOfAChannel() {
        for (int i = 0; i < 4; i++) {
            town.visitor().says("Hello from " + i);
        }
        JsonNode fourth = waiting().getLast();
        assertThat(waiting()).hasSize(4).filteredOn(stranger -> stranger.path("code").isTextual()).hasSize(3);
        assertThat(fourth.path("code").isNull()).isTrue();
        assertThat(told(fourth)).isZero();

        assertThat(operator.posts("/api/pairings/" + fourth.path("id").asLong() + "/approve", "").status()).isEqualTo(200);
        assertThat(waiting()).hasSize(3);
    }

    @Test
    void letsACodeEndAfterAnHourAndTellsANewOne() {
        Visitor ada = town.visitor();
        ada.says("Hello?");
        String code = only().path("code").asText();
        town.clock().passes(Duration.ofMinutes(61));

        assertThat(operator.posts("/api/pairings/approve", "{\"code\": \"" + code + "\"}").status()).isEqualTo(404);
        ada.says("Still there?");
        assertThat(only().path("code").asText()).isNotEqualTo(code).hasSize(8);
        assertThat(only().path("messages").asInt()).isEqualTo(2);
    }

    @Test
    void neverAnswersWhoWasRefused() {
        Visitor mallory = town.visitor();
        String first = mallory.says("Let me in");
        operator.posts("/api/pairings/" + only().path("id").asLong() + "/refuse", "");
        String second = mallory.says("Please");

        assertThat(waiting()).isEmpty();
        for (String message : List.of(first, second)) {
            assertThat(fate(message).path("state").asText()).isEqualTo("suppressed");
            assertThat(fate(message).path("rule").asText()).isEqualTo("refused");
        }
    }

    @Test
    void keepsWhatWhoIsNotOnTheListSaysAndTellsTheirProgram() {
        String user = "user-" + UUID.randomUUID();
        String body = "{\"model\": \"serai\", \"user\": \"" + user + "\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}";
        var shut = operator.posts("/v1/chat/completions", body);
        assertThat(shut.status()).as(shut.text()).isEqualTo(403);
        assertThat(shut.text()).contains("allow-list");

        String account = town.sql().sql("select account from address where handle = :user").param("user", user).query(String.class).single();
        var admitted = operator.posts("/api/pairings",
                "{\"channel\": \"completions\", \"account\": \"" + account + "\", \"handle\": \"" + user + "\"}");
        assertThat(admitted.status()).as(admitted.text()).isEqualTo(200);
        assertThat(operator.posts("/v1/chat/completions", body).status()).isEqualTo(200);
    }

    @Test
    void letsSomebodyInWhoWillWriteToTheOnlyAccountThereIs() {
        Pulses accounts = town.bean(Pulses.class);
        accounts.watch("slack", "shop", Duration.ofDays(1));
        assertThat(operator.posts("/api/pairings", "{\"channel\": \"slack\", \"handle\": \"T1/U1\"}").status()).isEqualTo(200);
        assertThat(town.sql().sql("select account from address where channel = 'slack'").query(String.class).list()).containsExactly("shop");

        accounts.watch("slack", "desk", Duration.ofDays(1));
        var open = operator.posts("/api/pairings", "{\"channel\": \"slack\", \"handle\": \"T1/U2\"}");
        assertThat(open.status()).isEqualTo(400);
        assertThat(open.text()).contains("Say which account of ours: desk, shop.");
    }

    @Test
    void letsNobodyInOnAChannelThatThereIsNot() {
        var typo = operator.posts("/api/pairings", "{\"channel\": \"telegramm\", \"handle\": \"4711\"}");
        assertThat(typo.status()).isEqualTo(400);
        assertThat(typo.text()).contains("There is no channel 'telegramm'");
        assertThat(town.sql().sql("select count(*) from address where channel = 'telegramm'").query(Integer.class).single()).isZero();
    }

    @Test
    void letsAnOperatorApproveFromAChat() {
        town.visitor().says("Hello?");
        String code = only().path("code").asText();

        assertThat(Doorstep.answer(Doorstep.says("webhook", "somebody", "/approve " + code, Circumstances.PLAIN))).contains("no command");
        assertThat(Doorstep.answer(Doorstep.says("webhook", "boss", "/approve " + code, Circumstances.PLAIN.unverified()))).contains("no command");
        assertThat(Doorstep.answer(Doorstep.says("webhook", "boss", "/approve WRONGONE", Circumstances.PLAIN))).isEqualTo("No such code holds.");
        assertThat(waiting()).hasSize(1);
        assertThat(Doorstep.answer(Doorstep.says("webhook", "boss", "/approve " + code, Circumstances.PLAIN))).startsWith("Let in:");
        assertThat(waiting()).isEmpty();
        assertThat(Doorstep.answer(Doorstep.says("webhook", "somebody", "/help", Circumstances.PLAIN))).doesNotContain("approve");
    }

    @Test
    void opensNobodysMemoryToAForgedSender() {
        String ada = "ada-" + UUID.randomUUID() + "@example.com";
        Doorstep.answer(Doorstep.says("webhook", ada, "/remember the gate code is 4711", Circumstances.PLAIN));
        town.model().answersBy(request -> request.system() + request.messages("user"));

        Receipt forged = Doorstep.says("webhook", ada, "What is the gate code?", Circumstances.PLAIN.unverified());
        assertThat(Doorstep.answer(forged)).doesNotContain("4711");
        Doorstep.answer(Doorstep.says("webhook", ada, "/remember our account is 666", Circumstances.PLAIN.unverified()));
        Receipt again = Doorstep.says("webhook", ada, "Which account?", Circumstances.PLAIN.unverified());
        assertThat(Doorstep.answer(again)).doesNotContain("666", "4711");

        Receipt real = Doorstep.says("webhook", ada, "What is the gate code?", Circumstances.PLAIN);
        assertThat(Doorstep.answer(real)).contains("4711").doesNotContain("666");
        assertThat(forged.contact().id()).isNotEqualTo(real.contact().id()).isNotEqualTo(again.contact().id());
        assertThat(forged.address().handle()).isEqualTo(ada);
    }

    @Test
    void sendsNoCodeToAHandleThatMayBeForged() {
        Doorstep.says("web-chat", "victim-" + UUID.randomUUID(), "Hello", Circumstances.PLAIN.unverified());

        assertThat(only().path("unverified").asBoolean()).isTrue();
        assertThat(only().path("code").isNull()).isTrue();
        assertThat(told(only())).isZero();
    }

    @Test
    void hearsWhatAGroupSaysButAnswersOnlyWhenAddressed() {
        String group = "group-" + UUID.randomUUID();
        town.model().answersBy(request -> String.join("|", request.messages("user")));
        Receipt aside = Doorstep.says("webhook", group, "Lunch at noon?", Came.inGroup(false));
        Receipt loop = Doorstep.says("webhook", group, "I am out of office", Circumstances.PLAIN.suppressedBy("auto-submitted"));
        Receipt asked = Doorstep.says("webhook", group, "What do you think?", Came.inGroup(true));

        assertThat(Doorstep.answer(asked)).contains("Lunch at noon?").doesNotContain("out of office");
        assertThat(aside.verdict().rule()).isEqualTo("not-addressed");
        assertThat(fate(loop.publicId().toString()).path("rule").asText()).isEqualTo("auto-submitted");
        assertThat(fate(aside.publicId().toString()).path("state").asText()).isEqualTo("suppressed");
    }

    @Test
    void losesNothingThatIsSaidWhileTheDecisionIsMade() throws Exception {
        String handle = "crowd-" + UUID.randomUUID();
        long id = Doorstep.says("web-chat", handle, "The first", Circumstances.PLAIN).address().id();
        try (var crowd = Executors.newFixedThreadPool(6)) {
            List<Future<Receipt>> said = IntStream.range(0, 60).mapToObj(i -> crowd.submit(() -> {
                if (i == 30) {
                    assertThat(operator.posts("/api/pairings/" + id + "/approve", "").status()).isEqualTo(200);
                }
                return Doorstep.says("web-chat", handle, "Message " + i, Circumstances.PLAIN);
            })).toList();
            for (Future<Receipt> message : said) {
                assertThat(message.get().duplicate()).isFalse();
            }
        }
        Awaitility.await().until(() -> town.sql()
                .sql("select count(*) from message where address_id = :id and role = 'user' and answer_id is not null")
                .param("id", id)
                .query(Integer.class)
                .single() == 61);
    }

    @Test
    void isForOperators() {
        assertThat(new Caller(town).gets("/api/pairings").status()).isEqualTo(401);
        String token = new Caller(town).withPassword("admin", "a-password-for-tests")
                .posts("/api/tokens", "{\"name\": \"eye-" + UUID.randomUUID().toString().substring(0, 8) + "\", \"role\": \"viewer\"}")
                .json().path("token").asText();
        Caller viewer = new Caller(town).withToken(token);
        assertThat(viewer.gets("/api/pairings").status()).isEqualTo(403);
        assertThat(viewer.posts("/api/pairings/1/approve", "").status()).isEqualTo(403);
        assertThat(operator.posts("/api/pairings/999999/approve", "").status()).isEqualTo(404);
        assertThat(operator.gets("/api/pairings?standing=unheard").status()).isEqualTo(400);
        assertThat(operator.posts("/api/pairings/approve", "{\"code\": \"\"}").status()).isEqualTo(400);
    }

    @Test
    void areListedPageByPageAlsoWhileTheyAreLetIn() {
        for (int number = 0; number < 5; number++) {
            town.visitor().says("Hello from " + number);
        }
        List<JsonNode> all = waiting();
        List<JsonNode> seen = new ArrayList<>();
        JsonNode page = operator.gets("/api/pairings?limit=2").json();
        page.path("items").forEach(seen::add);
        seen.forEach(stranger -> operator.posts("/api/pairings/" + stranger.path("id").asLong() + "/approve", ""));
        while (page.has("next")) {
            page = operator.gets("/api/pairings?limit=2&after=" + page.path("next").asText()).json();
            page.path("items").forEach(seen::add);
        }
        assertThat(seen).extracting(stranger -> stranger.path("id")).containsExactlyElementsOf(all.stream().map(stranger -> stranger.path("id")).toList());
        JsonNode admitted = operator.gets("/api/pairings?standing=admitted&limit=1").json();
        assertThat(admitted.at("/items/0/id")).as("decided last").isEqualTo(seen.get(1).path("id"));
        assertThat(operator.gets("/api/pairings?standing=admitted&limit=1&after=" + admitted.path("next").asText()).json().at("/items/0/id")).isEqualTo(seen.get(0).path("id"));
        assertThat(operator.gets("/api/pairings?after=nonsense").status()).isEqualTo(400);
    }

    private JsonNode fate(String message) {
        return operator.gets("/api/messages/" + message).json();
    }

    private List<JsonNode> waiting() {
        return StreamSupport.stream(operator.gets("/api/pairings").json().path("items").spliterator(), false).toList();
    }

    private JsonNode only() {
        assertThat(waiting()).hasSize(1);
        return waiting().getFirst();
    }

    /** How many notices somebody was sent. */
    private int told(JsonNode stranger) {
        return town.sql().sql("select count(*) from message where address_id = :id and author = 'pairing'")
                .param("id", stranger.path("id").asLong())
                .query(Integer.class)
                .single();
    }
}
