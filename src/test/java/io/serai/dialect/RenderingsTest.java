package io.serai.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * docs/renderings.md shows one text on each channel, and is what the code does. After a change that is meant, write it anew with
 * {@code SERAI_WRITE_DOCS=true} in the environment, and look at it.
 */
class RenderingsTest {

    private static final Path PAGE = Path.of("docs/renderings.md");
    private static final Path SAMPLE = Path.of("src/test/resources/sample.md");

    private static final Map<String, String> CHANNELS = new LinkedHashMap<>();

    static {
        CHANNELS.put("telegram", "HTML for `parse_mode: HTML`. 4 096 UTF-16 units count after the entities are read: tags are free. Only a first heading is underlined; quotes do not nest;"
                + " tables are aligned for a fixed width. A link that Telegram would drop (a mailbox, a telephone, a host without a dot) is written out.");
        CHANNELS.put("slack", "mrkdwn. 4 000 characters a message, 3 000 a section, marks and entities included. A mark inside a word gets an edge of no width (U+200B).");
        CHANNELS.put("email", "HTML with inlined styles, for the HTML part; `plain` makes the text part. 100 000 characters.");
        CHANNELS.put("plain", "Text without marks.");
        CHANNELS.put("sms", "Text, counted in segments: 160 characters of the GSM alphabet or 70 others, 153 or 67 when there are several. Signs with a twin in the alphabet are told by it.");
        CHANNELS.put("web", "HTML for our page, which has a style sheet.");
    }

    @Test
    void thePageShowsWhatTheCodeDoes() throws IOException {
        String page = page(Files.readString(SAMPLE));
        if ("true".equals(System.getenv("SERAI_WRITE_DOCS"))) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).as("write it anew with SERAI_WRITE_DOCS=true, and look at it").isEqualTo(page);
    }

    private static String page(String sample) {
        var page = new StringBuilder("""
                # One text on each channel

                A model writes Markdown: CommonMark with tables, strikethrough, task lists and `||spoilers||`. Each channel tells it in its own dialect
                ([`io.serai.dialect`](../src/main/java/io/serai/dialect/Dialect.java)): from the tree, never by replacing strings. What a model writes as HTML
                is shown as text, an image is a link, and an address that is not of the web, a mailbox or a telephone is left out. This page is written by
                [`RenderingsTest`](../src/test/java/io/serai/dialect/RenderingsTest.java).

                A text that is too long goes in parts. A cut falls between blocks; a block that fits into a part is never cut. In a longer one it falls
                behind a sentence, else behind a word, else between two graphemes; in code behind a line. What a cut goes through (emphasis, lists with their
                numbers, quotes, code fences with their language) is closed and opened again, a table repeats its head, and a heading stays with what it heads.

                ## The text

                """);
        fence(page, "markdown", sample);
        CHANNELS.forEach((name, about) -> {
            Dialect dialect = Dialects.of(name);
            page.append("\n## ").append(name).append("\n\n").append(about).append(" This text takes ").append(dialect.size(sample))
                    .append(name.equals("sms") ? " segments.\n\n" : ".\n\n");
            fence(page, name.equals("plain") || name.equals("sms") || name.equals("slack") ? "" : "html", dialect.render(sample));
        });
        page.append("\n## In parts\n\nThe same for Telegram, were its limit 300:\n");
        for (String part : Dialects.of("telegram").parts(sample, 300)) {
            page.append('\n');
            fence(page, "markdown", part);
        }
        return page.toString();
    }

    private static void fence(StringBuilder page, String language, String text) {
        page.append("````").append(language).append('\n').append(text.stripTrailing()).append("\n````\n");
    }
}
