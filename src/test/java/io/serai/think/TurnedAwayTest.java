package io.serai.think;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnedAwayTest {

    /** A model that rests for years by mistake would never be asked again. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "retry-after; 7; 7000", "retry-after; 0.5; 500", "retry-after; 999999999; 86400000", "retry-after; Mon, 21 Nov 2050 12:00:00 GMT; 86400000",
        "retry-after; Mon, 21 Nov 2005 12:00:00 GMT; 0", "retry-after-ms; 1500; 1500", "retry-after-ms; 999999999999; 86400000"
    })
    void leavesAModelAloneForADayAtMost(String header, String told, long millis) {
        assertThat(TurnedAway.retryAfter(HttpHeaders.of(Map.of(header, List.of(told)), (name, value) -> true), "")).isEqualTo(Duration.ofMillis(millis));
    }

    /** Of Gemini; how long a wait may be, {@code Later} says. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
        "34s; 34000", "34.074824224s; 34075", "0s; 0", "999999999s; 86400000", "soon; ", "34; "
    })
    void findsInTheBodyWhatNoHeaderTells(String delay, Long millis) {
        String body = """
                {"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "details": [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "%s"}]}}
                """.formatted(delay);
        assertThat(TurnedAway.retryAfter(none(), body)).isEqualTo(millis == null ? null : Duration.ofMillis(millis));
        assertThat(TurnedAway.retryAfter(HttpHeaders.of(Map.of("retry-after", List.of("7")), (name, value) -> true), body)).isEqualTo(Duration.ofSeconds(7));
    }

    private static HttpHeaders none() {
        return HttpHeaders.of(Map.of(), (name, value) -> true);
    }
}
