package io.serai.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

class SlackApiTest {

    private static final FakeSlack SLACK = new FakeSlack(path -> null);

    @AfterAll
    static void goHome() {
        SLACK.close();
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "86400, 86400", "999999, 86400", "999999999, 86400"})
    void comesBackAfterADayAtTheLatest(String told, long seconds) {
        assertThat(SlackApi.retryAfter(headers(told))).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"soon", "-1", "99999999999999999999"})
    void readsNothingIntoNonsense(String told) {
        assertThat(SlackApi.retryAfter(headers(told))).isNull();
    }

    @Test
    void givesUpAnAnswerThatStallsInTheMiddleAndDoesNotKnowWhatBecameOfIt() {
        await().until(() -> { // a machine that stalls gives up the connection
            SLACK.stalls("chat.postMessage");
            return assertTimeoutPreemptively(Duration.ofSeconds(10), () -> unanswered(api(SLACK.url()), "chat.postMessage")).wasReached();
        });
    }

    @Test
    void givesUpAFileThatStallsInTheMiddle() {
        SLACK.stalls("files");
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> assertThatThrownBy(() ->
                api(SLACK.url()).fetch(URI.create(SLACK.url() + "/files/menu.png"), 5_000, Duration.ofMillis(500))).isInstanceOf(IOException.class));
    }

    @Test
    void knowsThatNothingWasSentWhereNobodyTakesTheCall() throws Exception {
        InetAddress here = InetAddress.getLoopbackAddress();
        List<Socket> before = new ArrayList<>();
        try (ServerSocket busy = new ServerSocket(0, 1, here)) {
            for (int caller = 0; caller < 2; caller++) { // as many as wait in line; whoever comes after them hears nothing
                before.add(new Socket(here, busy.getLocalPort()));
            }
            // a machine that stalls between the time of a connection and that of the whole does not know
            await().until(() -> !unanswered(api("http://127.0.0.1:" + busy.getLocalPort()), "auth.test").wasReached());
        } finally {
            for (Socket caller : before) {
                caller.close();
            }
        }
    }

    @Test
    void knowsThatNothingWasSentWhereTheFarSideIsNotToBeTrusted() throws Exception {
        byte[] handshakeFailure = {21, 3, 3, 0, 2, 2, 40}; // a fatal alert (RFC 5246, section 7.2)
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket caller = server.accept()) {
                    caller.getInputStream().read(new byte[16_384]);
                    caller.getOutputStream().write(handshakeFailure);
                    caller.getInputStream().read();
                } catch (IOException gone) {
                    throw new UncheckedIOException(gone);
                }
            });
            NoAnswer silent = unanswered(api("https://127.0.0.1:" + server.getLocalPort(), Duration.ofSeconds(20)), "auth.test");
            assertThat(silent).hasRootCauseInstanceOf(SSLHandshakeException.class);
            assertThat(silent.wasReached()).isFalse();
        }
    }

    private static NoAnswer unanswered(SlackApi api, String method) {
        return catchThrowableOfType(NoAnswer.class, () -> api.call(method, Map.of("text", "Hello")));
    }

    private static SlackApi api(String url) {
        return api(url, Duration.ofSeconds(1));
    }

    private static SlackApi api(String url, Duration timeout) {
        return new SlackApi(new SlackSettings.Account(FakeSlack.TOKEN, null, null, URI.create(url), timeout, DataSize.ofMegabytes(20),
                Duration.ofSeconds(60), Duration.ofSeconds(30)));
    }

    private static HttpHeaders headers(String retryAfter) {
        return HttpHeaders.of(Map.of("Retry-After", List.of(retryAfter)), (name, value) -> true);
    }
}
