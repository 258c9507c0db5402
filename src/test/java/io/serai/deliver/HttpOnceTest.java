package io.serai.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpOnceTest {

    @ParameterizedTest
    @CsvSource(nullValues = "nothing", value = {"nothing, 3", "timeout=60, 3", "'timeout=5, max=100', 3", "timeout=2, 2", "timeout=0, 3", "max=7, 3", "nonsense, 3"})
    void usesAConnectionAgainOnlyWhileNoServerHasClosedIt(String told, long seconds) {
        var response = new BasicHttpResponse(200);
        if (told != null) {
            response.setHeader("Keep-Alive", told);
        }
        assertThat(HttpOnce.mayIdle(response, HttpClientContext.create()).toSeconds()).isEqualTo(seconds);
    }
}
