package io.serai.email;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The shapes that mails have, in {@code src/test/resources/mail}: above the line {@code ===} what is to be read in it, below it the mail, byte for
 * byte. What a shape does not say anything of is not looked at, but for the rule: a mail that may be answered says nothing of it.
 */
class MailShapesTest {

    private static final Path SHAPES = Path.of("src/test/resources/mail");

    static Stream<String> shapes() throws IOException {
        try (Stream<Path> files = Files.list(SHAPES)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void readsIt(String name) throws IOException {
        byte[] file = Files.readAllBytes(SHAPES.resolve(name));
        int line = new String(file, ISO_8859_1).indexOf("===\n");
        Map<String, String> expected = expectations(new String(file, 0, line, UTF_8));
        Part mail = Part.read(Arrays.copyOfRange(file, line + 4, file.length));
        Map<String, String> found = look(mail);
        expected.putIfAbsent("rule", "none");
        assertThat(found).containsAllEntriesOf(expected);
    }

    /** The largest that a mailbox takes; the copy of a copy of a copy of it would not fit. */
    @Test
    void readsThirtyMegabytes() {
        var mail = new StringBuilder("From: ada@example.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee the film\r\n--b\r\n"
                + "Content-Type: video/mp4; name=film.mp4\r\nContent-Transfer-Encoding: base64\r\n\r\n");
        mail.append(("QUJD".repeat(19) + "\r\n").repeat(400_000)).append("--b--\r\n");
        Content content = assertTimeout(Duration.ofSeconds(10), () -> Content.read(Part.read(mail.toString().getBytes(ISO_8859_1))));
        assertThat(content.said()).isEqualTo("See the film");
        assertThat(content.files()).singleElement().satisfies(file -> assertThat(file.bytes()).hasSize(57 * 400_000));
    }

    /** Whatever comes: bytes that are no mail at all, and every shape with bytes broken and cut off. */
    @ParameterizedTest
    @MethodSource("shapes")
    void throwsOnNothing(String name) throws IOException {
        byte[] file = Files.readAllBytes(SHAPES.resolve(name));
        var chance = new Random(name.hashCode());
        for (int i = 0; i < 50; i++) {
            byte[] broken = Arrays.copyOf(file, chance.nextInt(file.length) + 1);
            for (int j = 0; j < broken.length / 40; j++) {
                broken[chance.nextInt(broken.length)] = (byte) chance.nextInt(256);
            }
            assertThat(look(Part.read(broken))).isNotEmpty();
        }
    }

    private static Map<String, String> expectations(String text) {
        Map<String, String> expected = new HashMap<>();
        text.lines().forEach(line -> expected.put(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 2).replace("\\n", "\n").replace("\\\\", "\\")));
        return expected;
    }

    private static Map<String, String> look(Part mail) {
        Content content = Content.read(mail);
        List<Sender> senders = Sender.read(mail.headers().first("From").orElse(""));
        Sender sender = senders.isEmpty() ? null : senders.getFirst();
        Map<String, String> found = new HashMap<>();
        found.put("says", content.said());
        found.put("subject", Cleaned.line(mail.headers().decoded("Subject")));
        found.put("files", content.files().stream().map(each -> each.name() + " " + each.type() + " " + each.bytes().length).collect(Collectors.joining(", ")));
        found.put("from", sender == null ? "" : sender.handle());
        found.put("author", sender == null || sender.name() == null ? "" : sender.name());
        found.put("rule", Silence.rule(mail, sender, content, Set.of("support@hub.example")).orElse("none"));
        found.put("verified", String.valueOf(Trust.isVerified(mail.headers(), "mx.hub.example")));
        found.put("calendar", content.invitation() == null ? "" : content.invitation().method());
        found.put("bounce", Bounce.read(mail).map(bounce -> bounce.status() + (bounce.isAddressGone() ? " gone" : "")).orElse("none"));
        return found;
    }
}
