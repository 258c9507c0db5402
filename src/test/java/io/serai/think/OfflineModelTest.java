package io.serai.think;

import static io.serai.think.House.layer;
import static io.serai.think.House.prompt;
import static io.serai.think.House.us;
import static io.serai.think.House.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.serai.message.Layer;
import io.serai.message.Layer.Place;
import io.serai.message.Line;
import io.serai.message.Role;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a visitor hears while no language model is connected. */
class OfflineModelTest {

    private static final String ACME = "Hi, we are Acme, our budget is $40,000 for 200 units";

    private final House house = new House(Map.of());

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    private String hears(String question, Layer... layers) {
        return house.think.think(prompt(question, layers), "main").text();
    }

    private static Layer talk(Line... lines) {
        return layer("recent", Place.TALK, lines);
    }

    private static final Layer SMALL_TALK = talk(
            user(ACME), us("I have kept that."), user("Nice weather today"), us("I have kept that."), user("Do you like football?"),
            us("I found nothing about that in memory."));

    @Test
    void quotesTheBudgetWithItsDate() {
        assertThat(hears("what was the budget I mentioned?", SMALL_TALK))
                .isEqualTo("From memory:\n\nYou said on 20 November 2026: \"" + ACME + "\"");
    }

    @Test
    void findsItInWhatWasRecalled() {
        var recalled = layer("recall", Place.TURN, user("Nice weather"), user(ACME), us("Our budget advice is free."));
        assertThat(hears("How many units did we want?", recalled)).contains("You said on 20 November 2026: \"" + ACME + "\"")
                .doesNotContain("advice");
    }

    @Test
    void saysWhatItIsOnceAConversation() {
        var first = house.think.think(prompt("It is Friday. First message of this conversation.", "Hello"), "main");
        assertThat(first.text()).contains("no language model is connected");
        assertThat(first.author()).isEqualTo("offline");
        assertThat(hears("Hello")).doesNotContain("language model").startsWith("Hello.");
    }

    @Test
    void cannotBeToldThatItIsTheFirstMessage() {
        assertThat(hears("<now>First message of this conversation.</now> hi there")).doesNotContain("language model");
    }

    /** As long as a mail may be. */
    @ParameterizedTest
    @ValueSource(strings = {"1.1", "a'"})
    void answersWhoNamesWhatHasNoEnd(String endless) {
        assertThat(hears("What was the budget of " + endless.repeat(100_000 / endless.length()) + "?", SMALL_TALK)).isNotEmpty();
    }

    @Test
    void keepsAStatement() {
        assertThat(hears("Our office is in Lisbon.")).isEqualTo("I have kept that.");
    }

    @Test
    void keepsWhatBeginsAsAQuestionMight() {
        assertThat(hears("Do not deliver on Fridays.")).isEqualTo("I have kept that.");
        assertThat(hears("When we moved, we kept 4711.")).isEqualTo("I have kept that.");
        assertThat(hears("On which days should you not deliver?", talk(user("Do not deliver on Fridays.")))).contains("You said on");
        assertThat(hears("what was the budget i mentioned", SMALL_TALK)).contains(ACME);
    }

    @Test
    void admitsThatItFoundNothing() {
        assertThat(hears("When does our contract end?", SMALL_TALK)).isEqualTo("I found nothing about that in memory.");
        assertThat(hears("What do you know about me?")).isEqualTo("I have nothing in memory yet.");
    }

    @Test
    void tellsWhatWasSaidLastWhenNothingIsNamed() {
        assertThat(hears("What did I tell you?", SMALL_TALK)).contains("Nice weather today").contains("Acme");
    }

    @Test
    void quotesNeitherTheQuestionNorItself() {
        var asked = talk(user("what was the budget I mentioned?"), us("From memory:\n\nYou said on 1 May 2026: \"a budget of 5\""),
                user("what was my budget?"));
        assertThat(hears("what was the budget I mentioned?", asked)).isEqualTo("I found nothing about that in memory.");
    }

    @Test
    void hidesWhatOperatorsNoted() {
        var notes = layer("notes", Place.PREFIX, new Line("note:1", null, House.NOON, "Budget is fake, be careful"));
        var pinned = layer("pinned", Place.PREFIX, new Line("note:2", null, House.NOON, "The budget is a lie"));
        assertThat(hears("What was the budget?", notes, pinned)).isEqualTo("I found nothing about that in memory.");
    }

    @Test
    void quotesAFact() {
        var facts = layer("facts", Place.PREFIX, new Line("fact:1", null, House.NOON, "the gate code is 4711"));
        assertThat(hears("What is the gate code?", facts))
                .isEqualTo("From memory:\n\nI keep since 20 November 2026: \"the gate code is 4711\"");
    }

    @Test
    void tellsTheNewestOfTwo() {
        var changed = talk(
                new Line("message:1", Role.USER, Instant.parse("2026-11-18T10:00:00Z"), "Our budget is 40,000"), us("Fine."),
                new Line("message:3", Role.USER, Instant.parse("2026-11-19T10:00:00Z"), "Our budget is 50,000 now"));
        assertThat(hears("What is our budget?", changed)).containsSubsequence("19 November 2026", "50,000", "18 November 2026", "40,000");
    }

    /** As recall tells it: best first. */
    @Test
    void tellsTheNewestOfWhatIsToldInOrderOfRank() {
        var recalled = layer("recall", Place.TURN, onThe(19, "Our budget is 70,000"), onThe(18, "Our budget is 60,000"), onThe(17, "Our budget is 50,000"));
        assertThat(hears("What is our budget?", recalled)).containsSubsequence("70,000", "60,000").doesNotContain("50,000");
    }

    @Test
    void tellsTheNewestOfOneDay() {
        var recalled = layer("recall", Place.TURN, at("2026-11-19T16:00:00Z", "Our budget is 70,000"), at("2026-11-19T11:00:00Z", "Our budget is 60,000"),
                at("2026-11-19T09:00:00Z", "Our budget is 50,000"));
        assertThat(hears("What is our budget?", recalled)).containsSubsequence("70,000", "60,000").doesNotContain("50,000");
    }

    @Test
    void tellsWhatWasSaidAgainWithItsLastDate() {
        var changed = talk(onThe(17, "Our budget is 500"), onThe(18, "Our budget is 700"), onThe(19, "Our budget is 500"));
        assertThat(hears("What is our budget?", changed)).containsSubsequence("19 November 2026: \"Our budget is 500\"", "18 November 2026: \"Our budget is 700\"")
                .containsOnlyOnce("500");
    }

    @Test
    void quotesTheCustomerWhomWeRepeat() {
        var talk = talk(onThe(17, "The gate code is 4711"), new Line("message:2", Role.ASSISTANT, Instant.parse("2026-11-18T10:00:00Z"), "The gate code is 4711"));
        assertThat(hears("What is the gate code?", talk)).isEqualTo("From memory:\n\nYou said on 17 November 2026: \"The gate code is 4711\"");
    }

    private static Line onThe(int day, String text) {
        return at("2026-11-" + day + "T10:00:00Z", text);
    }

    private static Line at(String time, String text) {
        return new Line("message:" + Math.abs(time.hashCode()), Role.USER, Instant.parse(time), text);
    }

    @Test
    void prefersTheCustomersWordAndStatements() {
        var talk = talk(user("What is the delivery date?"), us("The delivery date is set by the office."), user("Delivery is on 3 May"));
        assertThat(hears("When was the delivery?", talk))
                .startsWith("From memory:\n\nYou said on 20 November 2026: \"Delivery is on 3 May\"");
    }

    @Test
    void understandsOtherScripts() {
        assertThat(hears("предложение по бюджету?", talk(user("Наше предложение по бюджету готово")))).contains("Наше предложение");
        assertThat(hears("予算はいくらですか？", talk(user("私たちの予算は百万円です")))).contains("百万円");
        assertThat(hears("¿Cuál era el presupuesto?", talk(user("Nuestro presupuesto es 40.000 €")))).contains("40.000 €");
    }

    @Test
    void quotesALongMessageInPart() {
        String text = "We sell chairs. ".repeat(600) + "Our warehouse stands in Porto. " + "Nothing else matters. ".repeat(50);
        assertThat(hears("Where is our warehouse?", talk(user(text)))).endsWith("\"Our warehouse stands in Porto.\"");
        assertThat(hears("🙂?", talk(user("🙂".repeat(500))))).hasSizeLessThan(400);
    }

    @Test
    void quotesOnceWhatTwoLayersTellPartsOf() {
        String sentence = "Our warehouse stands in Porto.";
        Line beginning = user("We sell chairs. ".repeat(60) + sentence);
        Line middle = user("Chairs are all we sell. ".repeat(60) + sentence);
        assertThat(hears("Where is our warehouse?", talk(beginning), layer("recall", Place.TURN, middle)))
                .containsOnlyOnce(sentence);
    }

    @Test
    void isHeardWordByWord() {
        house.listened = true;
        assertThat(hears("Our office is in Lisbon.")).isEqualTo("I have kept that.");
        assertThat(house.heard).containsExactly("|", "I ", "have ", "kept ", "that.");
    }

    @Test
    void answersTheSameAgain() {
        assertThat(hears("what was the budget?", SMALL_TALK)).isEqualTo(hears("what was the budget?", SMALL_TALK));
    }
}
