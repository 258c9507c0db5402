package io.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.town.Town;
import io.serai.town.Visitor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What people and models may say to break the hub: it is answered like anything else, or refused, and nobody else notices. What kills the process is
 * in {@link ProofTest}, what throws in {@code WorkTest}, too large a body in {@code ProblemsTest}.
 */
@Tag("database")
@ResourceLock(Town.SHARED)
class PoisonTest {

    private static final int LONGEST = 16_000;
    private static final int LONG = 150_000;

    private final Town town = Town.shared();

    /** What makes patterns, parsers of Markdown and searches for words run for ever, where they can. */
    static Stream<String> bombs() {
        return Stream.of("a", "aaaa!", "(", "[[", "![", "*a ", "_*`", "> ", "<a ", "a_", "a-", "< ", "&amp", "<!--", "```", "| a ", "1", "2026-01-01 ", "a@", "http://a.", "www.",
                "remember ", "/new ", "\\", "{{", "${", "e\u0301\u0301\u0301", "\u202e", "\ud83d\udc68\u200d", "\u0000", "%s%n", "' or 1=1 -- ", "tomorrow next week ");
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void answersWhateverSomebodySays(String bomb) {
        Visitor visitor = town.visitor();
        town.model().says("Good day.");
        visitor.says("I say " + bomb.repeat(LONGEST / bomb.length() - 10) + "!");
        visitor.hears("Good day.");
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void deliversWhateverAModelSays(String bomb) {
        Visitor visitor = town.visitor();
        town.model().says("I say " + bomb.repeat(LONG / bomb.length()) + "!");
        visitor.says("Hello");
        assertThat(visitor.hears()).startsWith("I say");
        town.model().says("Good day.");
    }

    @Test
    void doesNotReadWhatIsNestedForEver() {
        assertThat(town.visitor().postsRaw("[".repeat(500_000)).statusCode()).isEqualTo(400);
        assertThat(town.visitor().postsRaw("{\"text\": " + "{\"a\":".repeat(150_000)).statusCode()).isEqualTo(400);
    }

    @Test
    void doesNotUnpackABody() throws Exception {
        HttpRequest bomb = HttpRequest.newBuilder(town.url("/api/chat"))
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(packed(200_000_000)))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(bomb, BodyHandlers.discarding()).statusCode()).isBetween(400, 499);
        }
    }

    private static byte[] packed(int zeros) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            for (int block = 0; block < zeros / 65_536; block++) {
                out.write(new byte[65_536]);
            }
        }
        return bytes.toByteArray();
    }
}
