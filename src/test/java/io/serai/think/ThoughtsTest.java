package io.serai.think;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Thoughts that a server leaves in the answer. */
class ThoughtsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "<think>Okay, the note says five.</think>%n%nHello               | Hello",
        "%n <thinking>Hm</thinking> Hello                                | Hello",
        "<thought>Hm</thought>Hello                                      | Hello",
        "<think></think><think>%nHm%n</think>%nHello                     | Hello",
        "<think>Hm, <think> in it</think>Hello                           | Hello",
        "<think>They ask for `</think>`, so</think>Write `</think>`.     | Write `</think>`.",
        "<think>I say \"Hello\"</think>Hello                             | Hello",
        "<think>Hm</think>Hello <think>there</think>                     | Hello <think>there</think>",
        "<think>Hm</think>The tag </think> ends it                       | The tag </think> ends it",
        "<think>Hm                                                       | ~~",
        "<think>Hm</think>                                               | ~~",
        "<think>Hm</thinking>                                            | ~~"})
    void areCut(String text, String left) {
        assertThat(Thoughts.without(text.formatted())).isEqualTo(left);
        assertThat(pieces(false, text.formatted())).isEqualTo(left);
    }

    /** Their beginning stood in the prompt. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "Okay, the note says five.%n</think>%n%nHello                    | Hello",
        "Okay.</think>Hello                                              | Hello",
        "They ask for '</think>'.</think>Hello                           | Hello",
        "</think>%n%nHello                                               | Hello",
        "Okay.</think>Use <think> and </think>.                          | Use <think> and </think>.",
        "Okay.</think>                                                   | ~~"})
    void areCutWithoutABeginning(String text, String left) {
        assertThat(Thoughts.without(text.formatted())).isEqualTo(left);
        assertThat(pieces(true, text.formatted())).isEqualTo(left);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Hello", " Hello\n", "", " ", "<", "<thin", "<thinkers> meet", "< think>", "2 < 3", "```\n<think>\n</think>\n```",
        "Models write <think>...</think> before they answer.", "Put it between <think> and </think>.", "End it with `</think>`, not \"</think>\"."
    })
    void areNotWhatAnAnswerTalksAbout(String text) {
        assertThat(Thoughts.without(text)).isEqualTo(text);
        assertThat(pieces(false, text)).isEqualTo(text);
        assertThat(pieces(true, text)).isEqualTo(text);
    }

    @Test
    void holdNothingBackThatIsNone() {
        var thoughts = new Thoughts(false);
        assertThat(thoughts.after(" ")).isEmpty();
        assertThat(thoughts.after("<th")).isEmpty();
        assertThat(thoughts.after("e> ")).isEqualTo(" <the> ");
        assertThat(thoughts.after("<think>")).isEqualTo("<think>");
        assertThat(thoughts.atLast()).isEmpty();
    }

    @Test
    void mayBeLong() {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (String piece : new String[] {"Hm, ", "\n", "\"</think>\""}) {
                var thoughts = new Thoughts(false);
                thoughts.after(piece.isBlank() ? "" : "<think>");
                for (int i = 0; i < 300_000; i++) {
                    assertThat(thoughts.after(piece).isEmpty()).isTrue();
                }
            }
        });
    }

    private static String pieces(boolean begun, String text) {
        var thoughts = new Thoughts(begun);
        var told = new StringBuilder();
        text.chars().forEach(character -> told.append(thoughts.after(Character.toString(character))));
        return told + thoughts.atLast();
    }
}
