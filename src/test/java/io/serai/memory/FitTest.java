package io.serai.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.message.Address;
import io.serai.message.Contact;
import io.serai.message.Conversation;
import io.serai.message.Cut;
import io.serai.message.Layer;
import io.serai.message.Lease;
import io.serai.message.Line;
import io.serai.message.Message;
import io.serai.message.Prompt;
import io.serai.message.Role;
import io.serai.message.Turn;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How memory is fitted into tokens. */
class FitTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final String SENTENCE = "Our pumps come with a warranty of two years. ";

    private final List<Line> bestFirst = newestFirst(10, "one two three four five six seven eight");

    @Test
    void keepsTheBestLinesAndSaysWhyOthersAreLeftOut() {
        Layer layer = Fit.into(100, 100, file(Layer.Place.TURN, false), bestFirst);
        assertThat(layer.lines()).containsExactlyElementsOf(bestFirst.subList(0, 5));
        assertThat(layer.tokens()).isLessThanOrEqualTo(100);
        assertThat(layer.cuts()).extracting(Cut::source).containsExactly("message:5", "message:4", "message:3", "message:2", "message:1");
        assertThat(layer.cuts().getFirst().reason()).isEqualTo("would cost 20 of the 100 tokens allowed, of which 0 are left");
        assertThat(layer.cuts().getLast().reason()).isEqualTo("the 100 tokens allowed are spent");
    }

    @Test
    void cutsNothingWhenAllFits() {
        assertThat(Fit.into(1000, 1000, file(Layer.Place.TURN, false), bestFirst).cuts()).isEmpty();
    }

    @Test
    void shortensTheLineThatDoesNotFitWhereASentenceEnds() {
        Layer layer = Fit.into(100, 100, file(Layer.Place.TURN, false), newestFirst(1, SENTENCE.repeat(40)));
        assertThat(layer.tokens()).isLessThanOrEqualTo(100);
        assertThat(layer.lines().getFirst().text()).matches("(?s)(?:Our pumps come with a warranty of two years\\. ?)+ \\[cut: the first \\d+ of 1800 characters]");
        assertThat(layer.cuts().getFirst().reason()).startsWith("shortened to ");
    }

    @Test
    void neverCutsWhatMustStand() {
        Layer layer = Fit.into(100, 0, file(Layer.Place.PREFIX, true), bestFirst);
        assertThat(layer.lines()).hasSize(10);
        assertThat(layer.cuts()).isEmpty();
        assertThat(layer.tokens()).isEqualTo(200);
        assertThat(layer.whole()).as("nor does who has less room").isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        // words in a message, allowance, messages told, shortened
        "1,    2000, 20, false",
        "180,  2000, 10, false",
        "380,  2000,  5, false",
        "1500, 2000,  5, true",
        "10,     59,  0, false",
    })
    void tellsAsMuchOfATalkAsFitsAndFiveMessagesAtLeast(int words, int allowance, int told, boolean shortened) {
        Layer layer = Fit.into(2000, allowance, file(Layer.Place.TALK, false), newestFirst(20, "word ".repeat(words)));
        assertThat(layer.lines()).hasSize(told);
        assertThat(layer.tokens()).isLessThanOrEqualTo(allowance);
        assertThat(layer.lines()).allSatisfy(line -> assertThat(line.text().contains("[cut:")).isEqualTo(shortened));
        assertThat(layer.cuts()).hasSize(20 - told + (shortened ? told : 0));
    }

    @Test
    void tellsATalkInTheOrderInWhichItWasSaid() {
        Layer layer = Fit.into(2000, 2000, file(Layer.Place.TALK, false), newestFirst(3, "word"));
        assertThat(layer.lines()).extracting(Line::source).containsExactly("message:1", "message:2", "message:3");
    }

    @Test
    void leavesShortMessagesWholeAndCutsTheLongOne() {
        List<Line> lines = List.of(line(4, "Fine."), line(3, SENTENCE.repeat(400)), line(2, "Yes?"), line(1, "Hello"));
        Layer layer = Fit.into(500, 500, file(Layer.Place.TALK, false), lines);
        assertThat(layer.lines()).extracting(Line::text).startsWith("Hello", "Yes?").endsWith("Fine.");
        assertThat(layer.lines().get(2).text()).contains("[cut: the first ");
        assertThat(layer.tokens()).isBetween(400, 500);
        assertThat(layer.cuts()).singleElement().extracting(Cut::source).isEqualTo("message:3");
    }

    @Test
    void handsWhatALayerLeavesToTheNextAndTakesWhatItTookTooMuch() {
        Prompt prompt = prompt(3_500);
        assertThat(prompt.allowance(500)).isEqualTo(500);
        assertThat(prompt.with(spent(500, 100)).allowance(2_000)).isEqualTo(2_400);
        assertThat(prompt.with(spent(500, 900)).allowance(2_000)).isEqualTo(1_600);
        assertThat(prompt.with(spent(500, 3_400)).allowance(2_000)).isZero();
        assertThat(prompt.with(spent(3_500, 0)).allowance(2_000)).as("never more than there is").isEqualTo(3_500);
    }

    @Test
    void leavesRoomBesidesALongLineThatWasFound() {
        List<Line> lines = List.of(line(3, SENTENCE.repeat(20) + "The blue one has three. " + SENTENCE.repeat(20)), line(2, "Blue it is."), line(1, "Well."));
        Layer layer = Fit.into(300, 300, file(Layer.Place.TURN, false), lines, List.of("blue"));
        assertThat(layer.lines()).hasSize(3);
        assertThat(layer.lines().getFirst().text()).contains("The blue one has three.");
        assertThat(layer.cuts()).singleElement().extracting(Cut::source).isEqualTo("message:3");
        assertThat(layer.tokens()).isLessThanOrEqualTo(300);
    }

    @Test
    void givesALongLineThatWasFoundAllThatNobodyElseNeeds() {
        Layer layer = Fit.into(300, 300, file(Layer.Place.TURN, false), List.of(line(2, SENTENCE.repeat(24)), line(1, "Well.")), List.of("pumps"));
        assertThat(layer.cuts()).isEmpty();
    }

    @Test
    void tellsWhatHasNoTimeBeforeTheTalk() {
        Layer layer = Fit.into(500, 500, file(Layer.Place.TALK, false), List.of(line(2, "Two"), line(1, "One"), new Line("order:7", null, null, "Shipped")));
        assertThat(layer.lines()).extracting(Line::text).containsExactly("Shipped", "One", "Two");
    }

    private static List<Line> newestFirst(int count, String text) {
        return IntStream.range(0, count).mapToObj(age -> line(count - age, text)).toList();
    }

    private static Line line(int id, String text) {
        return new Line("message:" + id, Role.USER, NOON.plusSeconds(id), text);
    }

    private static Layer spent(int budget, int tokens) {
        return new Layer("some", "Some", Layer.Place.TURN, false, budget, List.of(), tokens, List.of());
    }

    private static Prompt prompt(int budget) {
        var message = new Message(1, Role.USER, "Hi", List.of(), NOON);
        var turn = new Turn(new Contact(1, null, ZoneOffset.UTC), new Conversation(1, "main", 0), new Address(1, "web-chat", "", "x"),
                List.of(message), new Lease("turns", 1, 1, 1));
        return new Prompt(turn, "We", "Now", budget, List.of());
    }

    private static LayerFile file(Layer.Place place, boolean whole) {
        return new LayerFile("some", "Some", place, false, whole, null, "select 1");
    }
}
