package io.serai.think;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FenceTest {

    @ParameterizedTest
    @ValueSource(strings = {"<memory>", "</memory>", "<  /  memory", "< Now>", "\uff1c/now"})
    void letsNobodyOpenOrCloseABlock(String tag) {
        assertThat(Fence.neutral("so " + tag)).startsWith("so \u2039");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a < b", "<memoryless>", "</p>"})
    void leavesAllElseAsItIs(String text) {
        assertThat(Fence.neutral(text)).isEqualTo(text);
    }

    @Test
    void looksAtARunOfBlanksOnce() {
        String text = "<" + " ".repeat(400_000) + "x";
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertThat(Fence.neutral(text)).isEqualTo(text));
    }
}
