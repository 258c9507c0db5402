package io.serai;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "failed invoking https://api.telegram.org/bot12:SECRET/sendMessage with statusCode: 503; failed invoking https://api.telegram.org with statusCode: 503",
        "GET http://me:SECRET@far.example:8080?token=SECRET failed; GET http://far.example:8080 failed",
        "WSS://far.example/SECRET, closed; WSS://far.example closed",
        "chat_id_https://far.example/SECRET; chat_id_https://far.example",
        "no address at all; no address at all"
    })
    void tellsOnlyTheHostOfAnAddress(String said, String told) {
        assertThat(Masked.mask(said)).isEqualTo(told);
    }

    @Test
    void hidesThroughoutTheChainAndKeepsIt() {
        var trace = new StringWriter();
        Masked.of(new IllegalStateException("outer", new IOException("POST https://far.example/hooks/SECRET"))).printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain("SECRET").contains("java.lang.IllegalStateException: outer", "java.io.IOException: POST https://far.example");
    }

    @Test
    void leavesAloneWhatHidesNothing() {
        var plain = new IOException("Connection reset");
        assertThat(Masked.of(plain)).isSameAs(plain);
    }
}
