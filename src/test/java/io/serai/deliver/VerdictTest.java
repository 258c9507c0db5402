package io.serai.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.serai.deliver.Verdict.End;
import io.serai.message.AccountRefused;
import io.serai.message.AddressGone;
import io.serai.message.Later;
import io.serai.message.NotSent;
import io.serai.message.Refused;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.transaction.CannotCreateTransactionException;

class VerdictTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    static Stream<Arguments> exceptions() {
        return Stream.of(
                arguments(new NotSent("closed", null), End.NOT_SENT),
                arguments(new Later("busy", Duration.ofSeconds(3), true, null), End.NOT_SENT),
                arguments(new Refused("no"), End.REFUSED),
                arguments(new AddressGone("blocked", null), End.ADDRESS_GONE),
                arguments(new AccountRefused("telegram", "bot", "revoked", null), End.ACCOUNT_REFUSED),
                arguments(new ConnectException("Connection refused"), End.NOT_SENT),
                arguments(new NoRouteToHostException(), End.NOT_SENT),
                arguments(new UnknownHostException("far.example"), End.NOT_SENT),
                arguments(new ConnectTimeoutException("5 s"), End.NOT_SENT),
                arguments(new SocketTimeoutException("Connect timed out"), End.NOT_SENT),
                arguments(new SSLHandshakeException("untrusted"), End.NOT_SENT),
                arguments(new SocketTimeoutException("Read timed out"), End.UNKNOWN),
                arguments(new HttpTimeoutException("request timed out"), End.UNKNOWN),
                arguments(new SocketException("Connection reset"), End.UNKNOWN),
                arguments(new SSLException("Connection reset"), End.UNKNOWN),
                arguments(new IOException("Unexpected end of stream"), End.UNKNOWN),
                arguments(new CannotCreateTransactionException("our database is away", new SQLTransientConnectionException(new ConnectException("Connection refused"))), End.UNKNOWN),
                arguments(new SQLException("our database is away", "08001", new ConnectException("Connection refused")), End.UNKNOWN),
                arguments(new IllegalStateException("a mistake of ours"), End.UNKNOWN));
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void knowsWhatSurelyDidNotLeave(Throwable why, End end) {
        assertThat(Verdict.of(why, NOW).end()).isEqualTo(end);
        assertThat(Verdict.of(new RuntimeCamelException("somewhere", new IOException(why)), NOW).end()).isEqualTo(end);
    }

    @ParameterizedTest
    @CsvSource({
        "301, REFUSED", "400, REFUSED", "401, ACCOUNT_REFUSED", "403, REFUSED", "404, REFUSED", "408, NOT_SENT", "410, REFUSED", "413, REFUSED",
        "422, REFUSED", "425, NOT_SENT", "429, NOT_SENT", "500, UNKNOWN", "502, UNKNOWN", "503, NOT_SENT", "504, UNKNOWN"
    })
    void readsTheStatusOfHttp(int status, End end) {
        assertThat(Verdict.of(http(status, null), NOW).end()).isEqualTo(end);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "7; 7", "0; 0", "Sat, 21 Nov 2026 12:01:30 GMT; 90", "Sat, 21 Nov 2026 11:59:00 GMT; 0", "86400; 86400", "999999999; 86400",
        "Mon, 21 Nov 2050 12:00:00 GMT; 86400"
    })
    void comesBackWhenItIsTold(String retryAfter, long seconds) {
        assertThat(Verdict.of(http(429, retryAfter), NOW).pause()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(Verdict.of(http(503, retryAfter), NOW).pause()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"soon", "-1", "99999999999999999999", "''"})
    void goesByThePlanWhenThatIsUnreadable(String retryAfter) {
        assertThat(Verdict.of(http(429, retryAfter), NOW)).isEqualTo(new Verdict(End.NOT_SENT, null, true));
    }

    @Test
    void countsNoAttemptForARefusedAccount() {
        assertThat(Verdict.of(http(401, null), NOW).counts()).isFalse();
    }

    private static HttpOperationFailedException http(int status, String retryAfter) {
        return new HttpOperationFailedException("http://far.example", status, "", null, retryAfter == null ? Map.of() : Map.of("retry-after", retryAfter), "");
    }
}
