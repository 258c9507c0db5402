package io.serai.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.serai.think.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left of a text that is too long. */
class ShortenTest {

    private static final String LIST = "This is my list of what we need. " + IntStream.rangeClosed(1, 300)
            .mapToObj(item -> "Item " + item + " is a valve of " + (item * 7 + 1_000) + " grams.").collect(Collectors.joining("\n"));

    @ParameterizedTest
    @CsvSource({"What was item 40 of my list?, Item 40 is a valve of 1280 grams.", "And item 300?, Item 300 is a valve of 3100 grams.", "the VALVES of 1007 grams, Item 1 is a valve of 1007 grams."})
    void isWhatStandsAroundTheWordsThatAreLookedFor(String question, String wanted) {
        String shortened = Shorten.to(120, LIST, Spots.words(question));
        assertThat(shortened).contains(wanted).contains("[cut: ");
        assertThat(Tokens.in(shortened)).isBetween(60, 120);
    }

    /** The number stands elsewhere too, and nearer to another of the words. */
    @Test
    void isWhereTheWordsStandTogether() {
        String list = "Here is my list. " + IntStream.rangeClosed(1, 200).mapToObj(item -> "Item " + item + ": " + item * 7 + " pieces for hall " + item % 9 + ".")
                .collect(Collectors.joining("\n"));
        assertThat(Shorten.to(400, list, Spots.words("What was item 140 of my list?"))).contains("Item 140: 980 pieces");
    }

    @Test
    void isReadOnceWhereNothingButDotsStands() {
        String dots = ".".repeat(150_000) + "x ".repeat(25_000);
        assertTimeoutPreemptively(Duration.ofSeconds(8), () -> assertThat(Shorten.to(20_000, dots)).contains("[cut: "));
    }

    @Test
    void saysWhichPartItIs() {
        assertThat(Shorten.to(120, LIST, List.of("40"))).matches("(?s)Item \\d+ is .* grams\\.\\s+\\[cut: characters \\d+ to \\d+ of " + LIST.length() + "]");
        assertThat(Shorten.to(120, LIST, List.of("elephant"))).startsWith("This is my list").matches("(?s).* \\[cut: the first \\d+ of " + LIST.length() + " characters]");
    }

    @Test
    void isFoundInScriptsWithoutSpacesToo() {
        String text = "今天天气很好。".repeat(200) + "我家的门禁密码是4711。" + "明天也很好。".repeat(200);
        assertThat(Shorten.to(100, text, Spots.words("门禁密码是多少？"))).contains("我家的门禁密码是4711");
    }

    @Test
    void isTheWordItselfWhereNoSentenceEnds() {
        String text = "x ".repeat(3_000) + "needle " + "y ".repeat(3_000);
        assertThat(Shorten.to(80, text, List.of("needle"))).contains("x needle y");
        assertThat(Shorten.to(80, "\uD83D\uDC15".repeat(1_000) + "needle" + "\uD83D\uDC15".repeat(1_000), List.of("\uD83D"))).doesNotContain("\uFFFD");
    }
}
