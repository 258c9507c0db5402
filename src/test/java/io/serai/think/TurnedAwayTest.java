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
        assertThat(TurnedAway.retryAfter(HttpHeaders.of(Map.of(header, List.of(told)), (name, value) -> true))).isEqualTo(Duration.ofMillis(millis));
    }
}
