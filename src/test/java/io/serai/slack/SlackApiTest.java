package io.serai.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackApiTest {

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

    private static HttpHeaders headers(String retryAfter) {
        return HttpHeaders.of(Map.of("Retry-After", List.of(retryAfter)), (name, value) -> true);
    }
}
