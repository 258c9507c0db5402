package io.serai.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What kind of turn it is, by the phrases that the hub comes with. */
class TagsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            We can offer 200 units at $38.50 each.               | quote number time
            Could you send me a quote?                           | quote question
            That is too expensive for us.                        | objection
            I'll send it on Friday.                              | commitment time
            We met in spring.                                    | time
            Is that so? I had no idea.                           |
            Have you seen it? [attached: plan.pdf, 12 bytes]     | question
            Really?! :)                                          |
            "Really?"                                            | question
            Das ist uns zu teuer.                                | objection
            Ich schicke Ihnen morgen das Angebot.                | quote commitment time
            Der Preis ist 40 €, richtig?                         | quote number time question
            Es demasiado caro, ¿no?                              | objection question
            Le enviaremos la cotización mañana.                  | quote commitment time
            Je vous envoie le devis demain.                      | quote commitment time
            Это слишком дорого.                                  | objection
            Сколько это стоит?                                   | quote question
            価格はいくらですか？                                    | question
            The willow by the lake                               |
            """)
    void knowsWhatKindOfTurnItIs(String text, String tags) {
        List<String> expected = tags == null ? List.of() : List.of(tags.split(" "));
        assertThat(Tags.of(text, TagsTest::phrases)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            What was the price you mentioned?        | true
            As discussed last time, 200 units.       | true
            Wie besprochen nehmen wir 200.           | true
            ¿Recuerdas la oferta?                    | true
            Comme convenu, 200 pièces.               | true
            Как мы договорились                      | true
            We need 200 units.                       | false
            Unmentionable                            | false
            """)
    void knowsWhatRefersToThePast(String text, boolean refers) {
        assertThat(phrases("past").in(text)).isEqualTo(refers);
    }

    @Test
    void looksAtARunOfBlanksOnce() {
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertThat(Tags.of(" ".repeat(100_000) + "x", TagsTest::phrases)).isEmpty());
        assertThat(Tags.of("How much is it?  [attached: plan 7.pdf] ", TagsTest::phrases)).containsExactly("question");
    }

    private static Phrases phrases(String name) {
        try {
            return Phrases.read(Files.readString(Path.of("memory/phrases", name + ".txt")));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
