package io.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WaitsTest {

    private static final Instant QUIET = Instant.parse("2026-11-21T08:00:00Z");
    private static final Instant CROWDED = QUIET.plusSeconds(60);

    private final Journal journal = new Journal();
    private int number;

    @Test
    void callsItFairThatAllWaitLongerInACrowd() {
        for (int message = 0; message < 3; message++) {
            waits("k1", QUIET, 100);
            waits("k2", CROWDED, 2000);
            waits("k3", CROWDED, 2200);
        }

        assertThat(new Waits(journal, all -> true).unfairness()).isCloseTo(1, within(0.2));
    }

    @Test
    void findsWhoWaitsLongerThanTheOthers() {
        for (int message = 0; message < 3; message++) {
            waits("k1", CROWDED, 100);
            waits("k2", CROWDED, 100);
            waits("k3", CROWDED, 900);
        }

        assertThat(new Waits(journal, all -> true).unfairness()).isCloseTo(9, within(0.1));
    }

    private void waits(String person, Instant since, long millis) {
        String text = person + "-" + ++number;
        journal.accepted(new Journal.Accepted(text, since, 1, Duration.ZERO));
        journal.arrived(new Journal.Arrival(since.plusMillis(millis), number, person, text, true));
    }
}
