package io.serai.think;

import static io.serai.think.House.both;
import static io.serai.think.House.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serai.message.Refused;
import io.serai.town.Printed;
import io.serai.town.ScriptedModel;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer that is heard while it is written. */
@ResourceLock(House.TOLD)
class StreamTest {

    private final ScriptedModel model = ScriptedModel.start().says("We deliver on Monday morning.");

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void isHeardWordByWord() throws Exception {
        try (var house = new House(of("main", model))) {
            house.listened = true;
            assertThat(house.asks("When?")).isEqualTo("We deliver on Monday morning.");
            assertThat(house.heard).containsExactly("|", "We ", "deliver ", "on ", "Monday ", "morning.");
            assertThat(model.requests().getFirst().streams()).isTrue();
        }
    }

    @Test
    void isNotStreamedWhenNobodyListens() throws Exception {
        try (var house = new House(of("main", model))) {
            house.asks("When?");
            assertThat(house.heard).isEmpty();
            assertThat(model.requests().getFirst().streams()).isFalse();
        }
    }

    @Test
    void isVoidAndBegunAgainAfterAReset() throws Exception {
        try (var house = new House(of("main", model))) {
            house.listened = true;
            model.resetsMidStream();
            assertThat(house.asks("When?")).isEqualTo("We deliver on Monday morning.");
            assertThat(String.join("", house.heard)).isEqualTo("|We deliver on Monday morning.");
            assertThat(model.requests()).hasSize(2);
            assertThat(house.calls("network")).isEqualTo(1);
        }
    }

    @Test
    void isNoAnswerWhenItEndsInTheMiddle() throws Exception {
        try (var house = new House(of("main", model))) {
            house.listened = true;
            model.breaksOff().saysNothing();
            assertThat(house.asks("When?")).isEqualTo("We deliver on Monday morning.");
            assertThat(house.calls("truncated")).isEqualTo(1);
            assertThat(house.calls("empty")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "abort", "insufficient_system_resource", ""})
    void isNoAnswerWhenTheServerCouldNotEndIt(String reason) throws Exception {
        try (var house = new House(of("main", model))) {
            house.listened = true;
            model.endsWith(reason);
            assertThat(house.asks("When?")).isEqualTo("We deliver on Monday morning.");
            assertThat(house.calls("truncated")).isEqualTo(1);
        }
    }

    @Test
    void isAnAnswerWhenItEndsWithAWordOfItsOwn() throws Exception {
        try (var house = new House(of("main", model))) {
            house.listened = true;
            model.endsWith("eos_token");
            assertThat(house.asks("When?")).isEqualTo("We deliver on");
        }
    }

    @Test
    void isLeftWhenItFallsSilent() throws Exception {
        try (var house = new House(of("main", model, "IDLE_TIMEOUT", "300ms", "ATTEMPTS", "1"))) {
            house.listened = true;
            model.drips(Duration.ofSeconds(20));
            assertThatThrownBy(() -> house.asks("When?")).isInstanceOf(NoModelAnswered.class).hasMessageContaining("broke off");
        }
    }

    @Test
    void isLeftWhenItDoesNotEnd() throws Exception {
        try (var spare = ScriptedModel.start().says("Monday.");
                var house = new House(both(of("main", model, "TIMEOUT", "1s", "FALLBACK", "spare"), of("spare", spare)))) {
            house.listened = true;
            model.says("again ".repeat(1_000)).drips(Duration.ofMillis(20));
            assertThat(house.asks("When?")).isEqualTo("Monday.");
            assertThat(String.join("", house.heard)).isEqualTo("|Monday.");
            assertThat(house.calls("timeout")).isEqualTo(1);
        }
    }

    @Test
    void comesBackToAStreamThatWasTurnedAway() throws Exception {
        try (var house = new House(of("main", model))) {
            house.listened = true;
            model.fails(429, Duration.ofSeconds(1));
            assertThat(house.asks("When?")).isEqualTo("We deliver on Monday morning.");
            var times = model.requests().stream().map(ScriptedModel.Request::at).toList();
            assertThat(Duration.between(times.get(0), times.get(1))).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
    }

    /** As vLLM without a reasoning parser, LM Studio and llama.cpp stream them. */
    @Test
    void leavesOutWhatItThought() throws Exception {
        try (var house = new House(of("main", model))) {
            house.listened = true;
            house.takesBack = true;
            model.says("<think>\nOkay, the operator's note says no discount.\n</think>\n\nMonday <think> it is.");
            assertThat(house.asks("When?")).isEqualTo("Monday <think> it is.");
            assertThat(house.heard).containsExactly("|", "Monday ", "<think> ", "it ", "is.");
            assertThat(house.everything.toString()).doesNotContain("note");
        }
    }

    @Test
    void isHeardAtLastWhenItMayHaveBeenAThought() throws Exception {
        try (var house = new House(of("main", model))) {
            house.listened = true;
            model.says("<");
            assertThat(house.asks("Less than?")).isEqualTo("<");
            assertThat(house.heard).containsExactly("|", "<");
        }
    }

    @Test
    void isNoAnswerWhenItEndsWithinThoughtsThatNothingOpened() throws Exception {
        try (var house = new House(of("main", model))) {
            house.listened = true;
            house.takesBack = true;
            model.says("Okay, the note says no discount.</think>On Monday.");
            assertThat(house.asks("When?")).isEqualTo("On Monday.");
            house.everything.setLength(0);
            model.says("Well, the note says no discount, and more.").endsWith("length");
            assertThatThrownBy(() -> house.asks("When?")).isInstanceOf(Refused.class).hasMessageContaining("before a word of it was written");
            assertThat(house.everything).isEmpty();
        }
    }

    @Test
    void isToldOnceWhenItSpeaksOfTheTagBehindWhatItThought() throws Exception {
        try (var house = new House(of("main", model))) {
            house.listened = true;
            house.takesBack = true;
            model.says("<think>Hm</think>The tag </think> ends it");
            assertThat(house.asks("What ends it?")).isEqualTo("The tag </think> ends it");
            assertThat(house.heard).containsExactly("|", "The ", "tag ", "</think> ", "ends ", "it");
        }
    }

    /** QwQ, Qwen3 Thinking and DeepSeek: the thoughts begin in the prompt. */
    @Test
    void takesThoughtsBackThatNothingOpenedAndThenWaitsForTheirEnd(Printed output) throws Exception {
        try (var house = new House(of("main", model))) {
            house.listened = true;
            house.takesBack = true;
            model.says("Okay, the note says no discount.\n</think>\n\nOn Monday.");
            assertThat(house.asks("When?")).isEqualTo("On Monday.");
            assertThat(house.heard).containsExactly("|", "On Monday.");
            house.everything.setLength(0);
            assertThat(house.asks("When?")).isEqualTo("On Monday.");
            assertThat(house.heard).containsExactly("|", "On ", "Monday.");
            assertThat(house.everything).hasToString("On Monday.");
            model.says("It is as it was.");
            assertThat(house.asks("And now?")).isEqualTo("It is as it was.");
            assertThat(house.heard).containsExactly("|", "It is as it was.");
            house.asks("And now?");
            assertThat(house.heard).as("nothing is held for long when it thinks no more").containsExactly("|", "It ", "is ", "as ", "it ", "was.");
            assertThat(output.toString().split("thinks in its answers", -1)).hasSize(2);
        }
    }
}
