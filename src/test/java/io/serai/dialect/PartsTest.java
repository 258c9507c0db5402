package io.serai.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.text.BreakIterator;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Assertions;
import org.xml.sax.InputSource;

/** What must hold for the parts of any text in any dialect. */
class PartsTest {

    private static final List<String> ALL = List.of("telegram", "slack", "email", "plain", "sms", "web");

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void partsFitAndSayTheWholeAndNothingElse(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int blocks, @ForAll @IntRange(min = 0, max = 400) int room) {
        String markdown = new Scribbles(seed).document(blocks);
        for (String name : ALL) {
            int limit = name.equals("sms") ? 1 + room % 4 : (name.equals("email") || name.equals("web") ? 700 : 150) + room;
            holds(Dialects.of(name), markdown, limit);
        }
    }

    /** Found by the property above: the space of no width at the end of this document had a part to itself. */
    @Example
    void makesNoPartOfNothing() {
        holds(Dialects.of("email"), new Scribbles(-11573).document(7), 708);
    }

    @Property(tries = 50, shrinking = ShrinkingMode.OFF)
    void anyCharactersAtAll(@ForAll String markdown) {
        for (String name : ALL) {
            Dialect dialect = Dialects.of(name);
            int limit = name.equals("sms") ? 1 : name.equals("email") || name.equals("web") ? 512 : 40;
            assertThat(dialect.parts(markdown, limit)).allSatisfy(part -> {
                assertThat(part).isNotBlank();
                assertThat(dialect.size(part)).isLessThanOrEqualTo(limit);
            });
        }
    }

    private static void holds(Dialect dialect, String markdown, int limit) {
        List<String> parts = dialect.parts(markdown, limit);
        var said = new StringBuilder();
        for (String part : parts) {
            String rendered = dialect.render(part);
            assertThat(rendered).isNotBlank();
            assertThat(dialect.size(part)).as(part).isLessThanOrEqualTo(limit);
            assertThat(loneSurrogates(part)).isZero();
            if (dialect.name().equals("telegram")) {
                assertThat(wellFormed(rendered)).isTrue();
            }
            if (!dialect.name().equals("plain") && !dialect.name().equals("sms")) {
                assertThat(rendered).doesNotContainIgnoringCase("<script", "\"javascript:");
            }
            said.append(told(part));
        }
        assertThat(said.toString()).as("limit %d of %s", limit, dialect.name()).isEqualTo(told(markdown));
    }

    /** What is said, apart from the heads of tables, which each part repeats, and from spaces of no width, which at an end show nothing and make no part. */
    private static String told(String markdown) {
        return Sight.of(Reading.read(markdown)).replaceAll("[" + Scribbles.HEAD + "\u200b]", "");
    }

    private static long loneSurrogates(String text) {
        return text.codePoints().filter(point -> point >= 0xD800 && point <= 0xDFFF).count();
    }

    private static boolean wellFormed(String html) {
        try {
            String legal = html.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]|[\\uFFFE\\uFFFF]", "");
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader("<r>" + legal + "</r>")));
            return true;
        } catch (Exception malformed) {
            throw new AssertionError(html, malformed);
        }
    }

    @Example
    void cutsBetweenBlocksBeforeItCutsABlock() {
        String first = "word ".repeat(15).strip();
        String second = "other ".repeat(12).strip();
        assertThat(Dialects.of("plain").parts(first + "\n\n" + second, 100)).containsExactly(first, second);
    }

    @Example
    void cutsBehindSentencesThenWordsThenGraphemes() {
        assertThat(Dialects.of("plain").parts("One thing is said here. Another follows at once.", 40)).containsExactly("One thing is said here.", "Another follows at once.");
        assertThat(Dialects.of("plain").parts("one two three four five six seven eight nine", 32)).containsExactly("one two three four five six", "seven eight nine");
        String families = "👩‍👩‍👧‍👦".repeat(10);
        List<String> parts = Dialects.of("plain").parts(families, 40);
        assertThat(String.join("", parts)).isEqualTo(families);
        assertThat(parts).allSatisfy(part -> assertThat(part.length() % "👩‍👩‍👧‍👦".length()).isZero());
    }

    @Example
    void opensAgainWhatItHadToClose() {
        assertThat(Dialects.of("telegram").parts("> **one two three four five six seven eight nine ten**", 32))
                .containsExactly("> **one two three four five six**", "> **seven eight nine ten**");
    }

    @Example
    void goesOnNumbering() {
        assertThat(Dialects.of("telegram").parts("7. seven is here\n8. eight is here\n9. nine is here\n10. ten is here\n", 40))
                .containsExactly("7. seven is here\n8. eight is here", "9. nine is here\n10. ten is here");
    }

    @Example
    void keepsAFenceWholeWhereItFitsElseCutsItAtLines() {
        String code = "```java\nint a = 1;\nint b = 2;\nint c = 3;\n```";
        assertThat(Dialects.of("telegram").parts("Look at this, dear friend:\n\n" + code, 45)).containsExactly("Look at this, dear friend:", code);
        assertThat(Dialects.of("telegram").parts("```java\n" + "  call(me);\n".repeat(6) + "```", 40))
                .containsExactly("```java\n  call(me);\n  call(me);\n  call(me);\n```", "```java\n  call(me);\n  call(me);\n  call(me);\n```");
    }

    @Example
    void showsTheHeadOfATableInEachPart() {
        assertThat(Dialects.of("plain").parts("| item | price |\n|---|--:|\n| tea | 2 |\n| coffee | 3 |\n| cake | 4 |\n| bread | 1 |\n", 70))
                .hasSize(2).allSatisfy(part -> assertThat(part).startsWith("|item|price|\n|---|---:|\n"));
    }

    @Example
    void leavesNoHeadingAlone() {
        assertThat(Dialects.of("plain").parts("one two three four five\n\n# Heading\n\nsix seven eight nine", 40))
                .containsExactly("one two three four five", "# Heading\n\nsix seven eight nine");
    }

    @Example
    void saysNothingWhereNothingIsToBeSeen() {
        for (String nothing : new String[] {"", "  \n\n ", "\u200B", "[a]: https://example.org", "- ", "<!-- -->".substring(0, 0)}) {
            assertThat(Dialects.of("telegram").parts(nothing, 100)).isEmpty();
        }
    }

    @Example
    void refusesALimitNoCharacterFitsInto() {
        assertThatThrownBy(() -> Dialects.of("email").parts("x", 20)).hasMessageContaining("at least 512");
    }

    @Example
    void bearsNonsenseOfAnySize() {
        String[] nonsense = {
            ">".repeat(33_333), "[".repeat(33_333), "*a ".repeat(10_000), "- ".repeat(16_666), "*a ".repeat(4_000) + " a*".repeat(4_000), "![".repeat(6_666) + "](x)".repeat(6_666),
            "[a](".repeat(8_333), "[a](<b".repeat(5_333), "`".repeat(3) + "x\n".repeat(16_666), "<".repeat(33_333), "<?".repeat(16_666), "<!--".repeat(8_333), "a\n\n".repeat(11_000),
            "- a\n".repeat(8_333), "|a|b|\n|-|-|\n" + "|1|2|\n".repeat(5_333), "👩‍👩‍👧‍👦".repeat(3_000), "x".repeat(33_333), "**" + "word ".repeat(6_666) + "**",
            "a_b".repeat(11_000), "a**b".repeat(8_333), "||a ".repeat(8_333), "&".repeat(33_333), "e" + "\u0301".repeat(16_666), "- - - -\n\n".repeat(3_333), "> > > > > a\n".repeat(3_333)
        };
        for (String text : nonsense) {
            for (String name : List.of("telegram", "email", "sms")) {
                int limit = name.equals("sms") ? 1 : 4_000;
                Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
                    Dialect dialect = Dialects.of(name);
                    List<String> parts = dialect.parts(text, limit);
                    assertThat(parts).as(name + ": " + text.substring(0, 10)).isNotEmpty().allSatisfy(part -> assertThat(dialect.size(part)).isLessThanOrEqualTo(limit));
                }, name + ": " + text.substring(0, 10));
            }
        }
    }

    @Example
    void graphemesStayWhole() {
        String text = "क्षि👍🏽🇩🇪🇫🇷é".repeat(40);
        List<String> parts = Dialects.of("telegram").parts(text, 50);
        BreakIterator graphemes = BreakIterator.getCharacterInstance(Locale.ROOT);
        graphemes.setText(text);
        int at = 0;
        for (String part : parts) {
            at += part.length();
            assertThat(graphemes.isBoundary(at)).isTrue();
        }
    }
}
