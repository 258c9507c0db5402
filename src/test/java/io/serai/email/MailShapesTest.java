package io.serai.email;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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
import org.junit.jupiter.params.provider.Arguments;
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

    /** Mails that anybody can write, and that took hours, or overflowed the stack, as long as something in them was gone through again and again. */
    static Stream<Arguments> hostile() {
        String line = "on 1" + " hat".repeat(30) + " skrev".repeat(10) + " x".repeat(105) + ":\n";
        return Stream.of(
                arguments("blanks in HTML", "says", "x", html("<pre>" + " ".repeat(5_000_000) + "x")),
                arguments("no-break spaces in HTML", "says", "x", html("<p>" + "&nbsp;".repeat(1_000_000) + "x")),
                arguments("what Outlook quotes", "says", "Hello", html("Hello<div id=appendonsend></div>" + "<p>".repeat(400_000))),
                arguments("inputs in a table", "says", "", html("<table>" + "<input type=x>".repeat(1_000_000))),
                arguments("nested HTML", "says", "x", html("<div>".repeat(45_000) + "x")),
                arguments("nested links", "files", "", html("<a href=http://a.example>x<table><td>".repeat(15_000))),
                arguments("a link like its text", "files", "", html("<a href='" + "http://".repeat(300_000) + "x'>" + "http://".repeat(600_000) + "</a>")),
                arguments("empty lines in a bounce", "bounce", "none", bounce("\n".repeat(1_000_000))),
                arguments("carriage returns in a bounce", "bounce", "none", bounce("\r".repeat(1_000_000))),
                arguments("lines drawn by Outlook", "rule", "none", plain(("_".repeat(20) + "\n").repeat(40_000) + "x")),
                arguments("lines like an attribution", "rule", "none", plain(line.repeat(20_000))),
                arguments("quoted lines like an attribution", "rule", "none", plain(("> ".repeat(60) + line.replace(" hat", "")).repeat(4_000))),
                arguments("what a telephone adds", "rule", "none", plain("sent from" + " ".repeat(25_000_000) + "x")),
                arguments("a long parameter", "says", "Hello", header("Content-Type: text/plain; name=\"" + "a".repeat(90_000) + "\"")),
                arguments("escapes in a parameter", "says", "Hello", header("Content-Type: text/plain; name=\"" + "\\\"".repeat(45_000) + "\"")),
                arguments("escapes in a parameter without an end", "says", "Hello", header("Content-Type: text/plain; name=\"" + "\\\"".repeat(45_000))),
                arguments("quotes in what our server says", "verified", "false", checked("x=\"" + "\\\"a".repeat(30_000))),
                arguments("letters in what our server says", "verified", "false", checked("dkim=pass " + "a".repeat(5_000_000))),
                arguments("unknown charsets", "says", "Hello", header("Subject: " + "=?none-such?q?x?= =?none-other?q?x?= ".repeat(2_500))),
                arguments("a calendar without colons", "calendar", "", header("Content-Type: text/calendar\n\n" + "DTSTART;\n".repeat(300_000))),
                arguments("a calendar of time zones", "calendar", "", header("Content-Type: text/calendar\n\nSUMMARY;" + "TZID=".repeat(20_000))),
                arguments("a long domain", "from", "", "From: ada@" + "\u4e00\u4e01\u4e02".repeat(10_000) + "\n\nHello"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void readsWithinSeconds(String name, String field, String expected, String mail) {
        Map<String, String> found = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> look(Part.read(mail.getBytes(UTF_8))));
        assertThat(found).containsEntry(field, expected);
    }

    /** What stands beside the mails above, and is read as it always was. */
    static Stream<Arguments> harmless() {
        return Stream.of(
                arguments("says", "a\nb c", html("<p>a &nbsp;<br>b&nbsp;c")),
                arguments("says", "a\n  b", html("<pre>a \t \n  b</pre>")),
                arguments("says", "one (https://a.example/1) two\n\nhttps://a.example/3", html("<p><a href=https://a.example/1>one</a> two</p><a href=https://a.example/3>https://a.example/3</a>")),
                arguments("says", "- one\n- two", html("<ul><li>one<p hidden>not</p></li><li hidden>not</li><li>two</li></ul>")),
                arguments("bounce", "5.1.1 gone", bounce("\nFinal-Recipient: rfc822; bob@example.com\n  Action: failed\n\n \t Status:\n 5.1.1")),
                arguments("bounce", "4.4.7", bounce("\nAction: failed\nStatus: 4.4.7")),
                arguments("bounce", "4.4.1", bounce("\nStatus: 4.4.1 (no answer from host)\nAction: FAILED")),
                arguments("bounce", "none", bounce("\n \t action: delayed\nStatus: 5.1.1")),
                arguments("bounce", "none", bounce("\nAction: delayed\nStatus: 4.4.7")),
                arguments("bounce", "none", bounce("\nAction: failed\nStatus: 2.0.0")),
                arguments("bounce", "none", bounce("\nWill be tried for 2 more days: 451 4.4.1 no answer from host")),
                arguments("bounce", "none", bounce("").replace("serai.1.", "serai.9999999999999999999.") + "Status: 5.1.1"),
                arguments("says", "Yes.", plain("Yes.\n\n" + ("_".repeat(30) + "\n\n").repeat(2) + "From: Bob\nSent: today\nTo: Ada\n\nWell?")),
                arguments("says", "Yes.", plain("Yes.\n\nAm 1. Mai 2026 hat Bob (er hat alles selbst geschrieben) <bob@example.com> geschrieben:\n> Well?")),
                arguments("says", "Yes.", plain("Yes.\n\n  Sent from my telephone  ")),
                arguments("files", "a \"good\"; one (1).txt text/plain 5",
                        header("Content-Type: multipart/mixed; boundary=b").replace("Hello",
                                "--b\nContent-Disposition: attachment; filename=\"a \\\"good\\\"; one (1).txt\" (a comment)\n\nHello\n--b--")),
                arguments("verified", "true", checked("dkim=pass reason=\"a \\\"good\\\" one\" (of; them) Header.D=example.com")),
                arguments("subject", "Wärmepumpe", header("Subject: =?ISO-8859-1?Q?W=E4rme?=\n =?latin1?Q?pumpe?=")),
                arguments("from", "ada@xn--mnchen-3ya.example", "From: ada@münchen.example\n\nHello"));
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void readsTheirNeighboursAsEver(String field, String expected, String mail) {
        assertThat(look(Part.read(mail.getBytes(UTF_8)))).containsEntry(field, expected);
    }

    @Test
    void tellsTheTimeZoneOfAnEvent() {
        String calendar = "BEGIN:VEVENT\nSUMMARY;LANGUAGE=en:Tea: with milk\nDTSTART;VALUE=DATE-TIME;TZID=Europe/Berlin:20261201T090000\nDTEND:20261201T100000Z";
        assertThat(Invitation.read(calendar, "request").text())
                .isEqualTo("Calendar: Tea: with milk\nStart: 20261201T090000 (Europe/Berlin)\nEnd: 20261201T100000Z");
    }

    @Test
    void readsNoMoreOfAHeaderThanAMailServerLetsThrough() {
        Headers headers = Part.read(header("Subject: x\n" + " y\n".repeat(1_000_000) + "To: support@hub.example").getBytes(UTF_8)).headers();
        assertThat(headers.first("Subject")).hasValueSatisfying(subject -> assertThat(subject).startsWith("x y y").hasSizeBetween(99_990, 100_000));
        assertThat(headers.first("To")).hasValue("support@hub.example");
    }

    /** Nothing is lost where not all of it is read. */
    @Test
    void keepsVastHtmlAsAFile() {
        String html = "<p>Hello</p>" + "<br>".repeat(100_000) + "<p>Bye</p>";
        Content content = Content.read(Part.read(html(html).getBytes(UTF_8)));
        assertThat(content.said()).isEqualTo("Hello");
        assertThat(content.files()).singleElement().satisfies(file -> {
            assertThat(file.name()).isEqualTo("mail.html");
            assertThat(file.bytes()).asString(UTF_8).isEqualTo(html);
        });
    }

    @Test
    void knowsWhereMoreMayBeSaidThanItLookedAt() {
        Content vast = Content.read(Part.read(plain("> quoted\n".repeat(120_000) + "Yes.").getBytes(UTF_8)));
        assertThat(vast.isVast()).isTrue();
        assertThat(vast.full()).endsWith("Yes.");
        Content usual = Content.read(Part.read(plain("> quoted\n".repeat(10_000) + "Yes.").getBytes(UTF_8)));
        assertThat(usual.isVast()).isFalse();
        assertThat(usual.said()).isEqualTo("Yes.");
    }

    private static String html(String html) {
        return header("Content-Type: text/html").replace("Hello", html);
    }

    private static String plain(String text) {
        return header("To: support@hub.example").replace("Hello", text);
    }

    private static String bounce(String text) {
        return header("X-Failed-Recipients: bob@example.com").replace("Hello", "<serai.1.00000000000000000000@x>" + text);
    }

    private static String checked(String results) {
        return "Authentication-Results: mx.hub.example; " + results + "\nFrom: ada@example.com\n\nHello";
    }

    private static String header(String header) {
        return "From: ada@example.com\n" + header + "\n\nHello";
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
