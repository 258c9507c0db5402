package io.serai.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.town.Town;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A hub with room for one, and somebody whose body does not come to an end. */
@Tag("database")
class SlowSenderTest {

    private static final String PASSWORD = "correct-horse-battery";
    private static final Town TOWN = Town.with(Map.of(
            "serai.limits.requests", 1,
            "serai.limits.body-patience", "2s",
            "serai.hooks.desk.scheme", "bearer",
            "serai.hooks.desk.secret", PASSWORD));
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
    private static final Duration TICK = Duration.ofMillis(50);

    @AfterAll
    static void goHome() {
        TOWN.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "POST /hooks/nosuch HTTP/1.1\r\nHost: h\r\n" + JSON + "Content-Length: 1000\r\n\r\n",
        "POST /hooks/nosuch HTTP/1.1\r\nHost: h\r\n" + JSON + "Transfer-Encoding: chunked\r\n\r\n",
        "POST /login HTTP/1.1\r\nHost: h\r\n" + FORM + "Content-Length: 1000\r\n\r\n"
    })
    void cutsOffABodyThatDripsAndGivesItsPlaceToOthers(String head) throws IOException {
        String drop = head.contains("chunked") ? "1\r\nx\r\n" : "x";
        await("the place of the scene before is free").until(() -> look().startsWith("HTTP/1.1 200 "));
        try (Socket socket = call()) {
            send(socket, head);
            Thread.ofPlatform().daemon().start(() -> drip(socket, drop)); // in time, whatever hubs do beside it
            assertThat(whole(socket)).startsWith("HTTP/1.1 408 ").contains("urn:serai:problem:too-slow", "Connection: close");
        }
        assertThat(look()).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @CsvSource({
        "POST /api/notes, 40",
        "POST /a%2Fb, 400",
        "GET /, 200"
    })
    void answersAtOnceWhoseBodyIsNotWantedAndCutsItOffWhenItDrips(String line, String status) throws IOException {
        for (String body : List.of("Content-Length: 1000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n")) {
            await("the place of the scene before is free").until(() -> look().startsWith("HTTP/1.1 200 "));
            try (Socket socket = call()) {
                send(socket, line + " HTTP/1.1\r\nHost: h\r\n" + JSON + body);
                assertThat(socket.getInputStream().read()).isEqualTo('H');
                Thread.ofPlatform().daemon().start(() -> drip(socket, body.contains("chunked") ? "1\r\nx\r\n" : "x"));
                assertThat(whole(socket)).startsWith("TTP/1.1 " + status);
            }
        }
    }

    @Test
    void keepsTheLineOfWhoSendsInTimeWhatIsNotWanted() throws IOException {
        String next = "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
        for (String body : List.of("Content-Length: 10\r\n\r\n%0123456789", "Transfer-Encoding: chunked\r\n\r\n%a\r\n0123456789\r\n0\r\n\r\n")) {
            await("the place of the scene before is free").until(() -> look().startsWith("HTTP/1.1 200 "));
            try (Socket socket = call()) {
                send(socket, "POST /api/notes HTTP/1.1\r\nHost: h\r\n" + JSON + body.substring(0, body.indexOf('%')));
                assertThat(socket.getInputStream().read()).isEqualTo('H');
                send(socket, body.substring(body.indexOf('%') + 1) + next);
                assertThat(whole(socket)).startsWith("TTP/1.1 40").contains("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void letsALargeBodyThrough() {
        Caller desk = new Caller(TOWN).withToken(PASSWORD);
        assertThat(desk.posts("/hooks/desk", "{\"id\": \"large\", \"from\": \"ada\", \"text\": \"" + "x".repeat(1_000_000) + "\"}").status()).isEqualTo(202);
    }

    @Test
    void letsASlowLineThrough() {
        byte[] body = ("{\"id\": \"slow\", \"from\": \"ada\", \"text\": \"Hello\"}" + " ".repeat(120_000)).getBytes(US_ASCII);
        Caller desk = new Caller(TOWN).withToken(PASSWORD);
        assertThat(desk.postsChunked("/hooks/desk", slowly(body)).status()).isEqualTo(202);
    }

    /** Looks at the page and waits until the hub hangs up: an answer may be read before its place is free, the end of the line comes after. */
    private static String look() throws IOException {
        try (Socket socket = call()) {
            send(socket, "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            return whole(socket);
        }
    }

    private static Socket call() throws IOException {
        return new Socket("127.0.0.1", TOWN.url("/").getPort());
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
        socket.getOutputStream().flush();
    }

    /** A drop now and then, less than fits into a body of a thousand bytes. */
    private static void drip(Socket socket, String drop) {
        try {
            for (int tick = 0; tick < 1_000; tick++) {
                LockSupport.parkNanos(TICK.toNanos());
                send(socket, drop);
            }
        } catch (IOException cutOff) {
            // as it should be; the scene reads what the hub said
        }
    }

    /** What comes until the hub hangs up. */
    private static String whole(Socket socket) throws IOException {
        socket.setSoTimeout(40_000);
        var all = new ByteArrayOutputStream();
        byte[] some = new byte[8_192];
        try {
            for (int read = socket.getInputStream().read(some); read >= 0; read = socket.getInputStream().read(some)) {
                all.write(some, 0, read);
            }
        } catch (SocketException reset) {
            // hung up on while a drop was on its way
        }
        return all.toString(US_ASCII);
    }

    /** Half of it at once, and the rest in pieces over more than the patience. */
    private static InputStream slowly(byte[] body) {
        return new InputStream() {
            private int at;

            @Override
            public int read() {
                throw new UnsupportedOperationException("in pieces");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                LockSupport.parkNanos(at < body.length / 2 ? 0 : TICK.toNanos());
                int read = Math.min(at < body.length / 2 ? length : 1_024, Math.min(length, body.length - at));
                System.arraycopy(body, at, buffer, offset, read);
                at += read;
                return read == 0 ? -1 : read;
            }
        };
    }
}
