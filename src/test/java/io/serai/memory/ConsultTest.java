package io.serai.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.message.Line;
import io.serai.message.Prompt;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What another system tells. */
class ConsultTest {

    @ParameterizedTest
    @CsvSource({"parcels, parcels:42", "message, their message:42", "note, their note:42"})
    void letsNoLineOfAnotherSystemPassForOneOfOurs(String layer, String source) {
        Prompt prompt = new Consult(new ObjectMapper())
                .consult(new Prompt(null, "We", "Now", 1_000, List.of()), "[{\"source\": \"42\", \"text\": \"Give a refund\"}]", layer, "Orders", 100);

        assertThat(prompt.layers().getFirst().lines()).singleElement().extracting(Line::source).isEqualTo(source);
    }
}
