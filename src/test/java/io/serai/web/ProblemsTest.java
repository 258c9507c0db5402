package io.serai.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong is said clearly, and nothing else is. */
@ResourceLock(Gate.LOCK)
class ProblemsTest {

    private static final int HUGE = 30 * 1024 * 1024;

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', value = {
        "{'name': 'a' 'role'; 400; malformed; line 1, column 14",
        "{'name': 'a', 'role': 'viewer'} x; 400; malformed; line 1",
        "{'name': 'a', 'role': 'viewer', 'secret-thing': 1}; 400; malformed; known are name, role",
        "{'name': 5, 'role': 'viewer'}; 400; malformed; wrong type in name",
        "{'name': 'a', 'role': 'king'}; 400; malformed; known are viewer, operator, engineer, admin) in role",
        "{'name': 'a', 'role': {}}; 400; malformed; wrong type in role",
        "[]; 400; malformed; wrong type",
        "\"\"; 400; malformed; The body is missing",
        "{}; 400; invalid; name must not be null; role",
        "{'name': 'Not a name', 'role': 'viewer'}; 400; invalid; lower-case letters"
    })
    void saysWhereABodyIsWrong(String body, int status, String kind, String detail) {
        var answer = Gate.admin().posts("/api/tokens", body.replace('\'', '"'));

        assertProblem(answer, status, kind, "/api/tokens");
        assertThat(answer.json().path("detail").asText()).contains(detail);
        assertThat(answer.text()).doesNotContain("secret-thing", "king", "Not a name");
    }

    @Test
    void refusesBytesThatAreNoText() {
        byte[] body = "{\"name\": \"caf\u00e9\", \"role\": \"viewer\"}".getBytes(ISO_8859_1);

        assertProblem(Gate.admin().with("Content-Type", "application/json").sends("POST", "/api/tokens", BodyPublishers.ofByteArray(body)),
                400, "malformed", "/api/tokens");
    }

    @Test
    void saysWhatIsThereInstead() {
        assertProblem(Gate.admin().gets("/nowhere"), 404, "not-found", "/nowhere");
        assertProblem(Gate.admin().gets("/api/messages/4b825dc6-42cb-4eb9-a060-e54bf8d69288"), 404, "not-found",
                "/api/messages/4b825dc6-42cb-4eb9-a060-e54bf8d69288");
        assertProblem(Gate.admin().gets("/api/messages/1%27%20or%201=1"), 400, "invalid", "/api/messages/1%27%20or%201=1");

        var method = Gate.admin().sends("PUT", "/api/tokens", BodyPublishers.noBody());
        assertProblem(method, 405, "method-not-allowed", "/api/tokens");
        assertThat(method.header("Allow")).contains("GET", "POST");

        assertProblem(Gate.admin().postsForm("/api/tokens", "name=a"), 415, "unsupported-media-type", "/api/tokens");
        assertProblem(Gate.admin().with("Accept", "image/png").gets("/api/tokens"), 406, "not-acceptable", "/api/tokens");
    }

    @Test
    void refusesACharacterThatNoTextCanKeep() {
        for (String path : List.of("/api/contacts?q=%00", "/api/dead-letters?reason=%00", "/api/snapshots?q=%00")) {
            var answer = Gate.admin().gets(path);
            assertProblem(answer, 400, "invalid", path.substring(0, path.indexOf('?')));
            assertThat(answer.json().path("detail").asText()).contains("U+0000");
        }
        for (String path : List.of("/api/contacts?q=%00", "/api/snapshots?q=%00")) {
            assertProblem(Gate.admin().with("Accept", "text/csv").gets(path), 400, "invalid", path.substring(0, path.indexOf('?')));
        }
        assertThat(Gate.admin().posts("/api/pairings", "{\"channel\": \"telegram\", \"handle\": \"4711\", \"name\": \"a\\u0000\"}").status()).isEqualTo(400);
        assertThat(Gate.stranger().withPassword("admin\0", "x").gets("/api/contacts").status()).isEqualTo(400);
    }

    @Test
    void refusesATrickyPath() {
        assertThat(Gate.stranger().gets("/api//tokens").status()).isEqualTo(400);
        assertThat(Gate.stranger().gets("/api/tokens;x=1").header("Content-Type")).isEqualTo("application/problem+json");
    }

    /** It is no URI, so that the problem cannot name it. */
    @Test
    void refusesAPathThatIsNone() throws IOException {
        assertThat(raw("GET // HTTP/1.1\r\nHost: h\r\n\r\n")).startsWith("HTTP/1.1 400 ").contains("\"type\":\"urn:serai:problem:");
    }

    @ParameterizedTest
    @CsvSource({"/api/chat, 1048576", "/hooks/desk, 1048576", "/v1/chat/completions, 4194304", "/api/tokens, 1048576"})
    void refusesABodyThatIsTooLarge(String path, int limit) {
        var answer = Gate.program().posts(path, "x".repeat(limit + 1));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.text()).contains(String.valueOf(limit));
    }

    @Test
    void refusesThirtyMegabytesWithoutALengthAndWithoutKeepingThem() {
        var answer = Gate.stranger().postsChunked("/hooks/desk", zeros(HUGE));

        assertProblem(answer, 413, "too-large", "/hooks/desk");
    }

    @Test
    void refusesAFormThatIsTooLargeOrNone() {
        assertProblem(Gate.stranger().postsForm("/login", "username=admin&password=" + "x".repeat(65_536)), 413, "too-large", "/login");
        assertProblem(Gate.stranger().postsForm("/login", "username=%zz&password=x"), 400, "malformed", "/login");
    }

    @Test
    void refusesThirtyMegabytesBeforeTheyCome() throws IOException {
        assertThat(raw("POST /hooks/desk HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: " + HUGE + "\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ")
                .contains("application/problem+json");
    }

    @Test
    void isNotFooledByAFalseLength() throws IOException {
        String body = "x".repeat(2_000_000);

        String hook = "POST /hooks/desk HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
                + "Authorization: Bearer " + Gate.HOOK_PASSWORD + "\r\n";
        String chunk = "200000\r\n" + "x".repeat(0x200000) + "\r\n0\r\n\r\n";

        assertThat(raw(hook + "Content-Length: 10\r\n\r\n" + body)).startsWith("HTTP/1.1 400 ");
        assertThat(raw(hook + "Content-Length: ten\r\n\r\n" + body)).startsWith("HTTP/1.1 400 ");
        assertThat(raw(hook + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}")).startsWith("HTTP/1.1 400 ");
        assertThat(raw(hook + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk)).containsPattern("HTTP/1.1 4(00|13) ");
    }

    /** What the server itself turns away, before any filter. */
    static Stream<String> noRequests() {
        return Stream.of(
                "GET /api/tokens%2F1 HTTP/1.1\r\nHost: h\r\n",
                "GET /api/%5Ctokens HTTP/1.1\r\nHost: h\r\n",
                "GET /api/%zz HTTP/1.1\r\nHost: h\r\n",
                "GET /api/%00 HTTP/1.1\r\nHost: h\r\n",
                "GET /../../etc/passwd HTTP/1.1\r\nHost: h\r\n",
                "GET /\u0001 HTTP/1.1\r\nHost: h\r\n",
                "GET /\"<script> HTTP/1.1\r\nHost: h\r\n",
                "GET /?a=<script> HTTP/1.1\r\nHost: h\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nX: " + "x".repeat(20_000) + "\r\n",
                "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: h\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\n" + "X: x\r\n".repeat(200),
                "GET / HTTP/1.1\r\nHost: a b\r\n",
                "GET / HTTP/1.1\r\nHost: h:port\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nHost: i\r\n",
                "GET / HTTP/1.1\r\n",
                "G<T / HTTP/1.1\r\nHost: h\r\n",
                "GET / HTTP/9.1\r\nHost: h\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: rot13\r\n",
                "GET /v1/models%2F HTTP/1.1\r\nHost: h\r\n");
    }

    @ParameterizedTest
    @MethodSource("noRequests")
    void tellsWhoSendsNoRequestWhatAProblemIsAndNothingAboutItself(String request) throws IOException {
        String answer = raw(request + "\r\n");

        assertThat(answer).containsPattern("^HTTP/1.1 (4|5)\\d\\d ").doesNotContainIgnoringCase("tomcat", "apache", "<html", "<script", "passwd");
        assertThat(answer).contains(request.contains("/v1/") ? "\"error\":{" : "\"type\":\"urn:serai:problem:").doesNotContain("Exception");
    }

    private static void assertProblem(Caller.Answer answer, int status, String kind, String path) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("type").asText()).isEqualTo("urn:serai:problem:" + kind);
        assertThat(answer.json().path("title").asText()).isNotBlank();
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        assertThat(answer.json().path("detail").asText()).isNotBlank();
        assertThat(answer.json().path("instance").asText()).isEqualTo(path);
        assertThat(answer.text()).doesNotContain("io.serai", "springframework", "jackson", "Exception");
    }

    /** What comes back on a bare socket. */
    private static String raw(String request) throws IOException {
        var url = Gate.town().url("/");
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(10_000);
            Thread.ofVirtual().start(() -> {
                try {
                    OutputStream out = socket.getOutputStream();
                    out.write(request.getBytes(US_ASCII));
                    out.flush();
                } catch (IOException refused) {
                    // the hub closed the line before it had everything, as it may
                }
            });
            byte[] answer = socket.getInputStream().readNBytes(12);
            return new String(answer, US_ASCII) + " " + rest(socket.getInputStream());
        }
    }

    private static String rest(InputStream answer) throws IOException {
        byte[] buffer = new byte[8_192];
        int read = answer.read(buffer);
        return read < 0 ? "" : new String(buffer, 0, read, US_ASCII);
    }

    private static InputStream zeros(int size) {
        return new InputStream() {
            private int left = size;

            @Override
            public int read() {
                return left-- > 0 ? '0' : -1;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                int read = Math.min(left, length);
                left -= read;
                return read == 0 ? -1 : read;
            }
        };
    }
}
