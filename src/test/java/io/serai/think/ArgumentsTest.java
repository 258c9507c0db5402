package io.serai.think;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

    @ParameterizedTest
    @ValueSource(strings = {"{\"query\":\"a\"}{\"query\":\"b\"}", "{\"query\":\"a\"} I hope", "{\"query\":\"a\",\"query\":\"b\"}", "{\"query\":", "[1]", "1", "\"{}\""})
    void areOneObjectAndNothingElse(String written) {
        assertThatThrownBy(() -> Arguments.read(written)).isInstanceOf(JsonProcessingException.class);
        assertThat(Arguments.sound(written)).as("as they go back").isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{}", "null"})
    void mayBeNone(String written) throws Exception {
        assertThat(Arguments.read(written)).isEmpty();
        assertThat(Arguments.sound(written)).isEqualTo("{}");
    }

    @Test
    void goBackAsTheyWereWritten() throws Exception {
        String written = " {\"query\": \"a\", \"most\": 3}\n";
        assertThat(Arguments.read(written)).isEqualTo(Map.of("query", "a", "most", 3));
        assertThat(Arguments.sound(written)).isEqualTo(written);
    }
}
