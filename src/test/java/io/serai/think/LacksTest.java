package io.serai.think;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.town.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a model turned out not to take. */
class LacksTest {

    private final SettableClock clock = new SettableClock();
    private final Lacks lacks = new Lacks(clock);

    @Test
    void isNewsOnce() {
        assertThat(lacks.known()).isEmpty();
        assertThat(lacks.learn(Lack.TEMPERATURE)).isTrue();
        assertThat(lacks.learn(Lack.TEMPERATURE)).isFalse();
        clock.passes(Duration.ofDays(3_650));
        assertThat(lacks.known()).containsExactly(Lack.TEMPERATURE);
    }

    @Test
    void isForgottenWhereItMayHavePassed() {
        lacks.learn(Lack.TOOLS_NOW);
        clock.passes(Duration.ofMinutes(59));
        assertThat(lacks.known()).containsExactly(Lack.TOOLS_NOW);
        clock.passes(Duration.ofMinutes(2));
        assertThat(lacks.known()).isEmpty();
        assertThat(lacks.learn(Lack.TOOLS_NOW)).isTrue();
    }
}
