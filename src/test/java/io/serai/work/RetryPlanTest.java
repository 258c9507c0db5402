package io.serai.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPlanTest {

    private final RetryPlan plan = RetryPlan.of("1s, 5s,2m");

    @Test
    void waitsAsPlannedAndAtMostATenthLonger() {
        assertThat(plan.after(1)).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1100));
        assertThat(plan.after(2)).isBetween(Duration.ofSeconds(5), Duration.ofMillis(5500));
        assertThat(plan.after(3)).isBetween(Duration.ofMinutes(2), Duration.ofSeconds(132));
    }

    @Test
    void triesOnceMoreThanItWaits() {
        assertThat(plan.attempts()).isEqualTo(4);
    }

    @Test
    void refusesWhatIsNoDuration() {
        assertThatThrownBy(() -> RetryPlan.of("1s,soon")).hasMessageContaining("soon");
    }
}
