package io.serai.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serai.message.Address;
import io.serai.message.Later;
import io.serai.message.Parcel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

    private static final class Hand extends Clock {
        private Instant now = Instant.parse("2026-11-21T12:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private final Hand clock = new Hand();
    private final Pace pace = new Pace(clock);

    @Test
    void letsOneGoToAnAddressEachSecond() {
        assertThat(wait(1, 7, "1/1s", "")).isZero();
        assertThat(wait(2, 7, "1/1s", "")).isEqualTo(1000);
        assertThat(wait(3, 8, "1/1s", "")).isZero();
        passes(1000);
        assertThat(wait(2, 7, "1/1s", "")).isZero();
        assertThat(wait(4, 7, "1/1s", "")).isEqualTo(1000);
    }

    @Test
    void givesEachItsTurnSoThatNobodyComesTwice() {
        assertThat(wait(1, 1, "", "2/1s")).isZero();
        assertThat(wait(2, 2, "", "2/1s")).isZero();
        assertThat(wait(3, 3, "", "2/1s")).isEqualTo(500);
        assertThat(wait(4, 4, "", "2/1s")).isEqualTo(1000);
        assertThat(wait(5, 5, "", "2/1s")).isEqualTo(1500);
        passes(500);
        assertThat(wait(6, 6, "", "2/1s")).isEqualTo(1500);
        assertThat(wait(3, 3, "", "2/1s")).isZero();
        passes(1500);
        assertThat(wait(6, 6, "", "2/1s")).isZero();
        assertThat(wait(5, 5, "", "2/1s")).isZero();
        assertThat(wait(4, 4, "", "2/1s")).isZero();
    }

    @Test
    void keepsToAllOfSeveralRates() {
        for (int parcel = 1; parcel <= 3; parcel++) {
            assertThat(wait(parcel, 1, "1/1s,3/1m", "")).isZero();
            passes(1000);
        }
        assertThat(wait(4, 1, "1/1s,3/1m", "")).isEqualTo(17_000);
    }

    /** Such as a chat in which sixty deals are talked about at once. */
    @Test
    void letsNobodyElseWaitForABusyAddress() {
        for (int parcel = 1; parcel <= 60; parcel++) {
            assertThat(wait(parcel, 1, "1/1s", "30/1s")).isEqualTo((parcel - 1) * 1000);
        }
        assertThat(wait(100, 2, "1/1s", "30/1s")).isZero();
        for (int parcel = 2; parcel <= 60; parcel++) {
            passes(1000);
            assertThat(wait(parcel, 1, "1/1s", "30/1s")).isZero();
        }
    }

    @Test
    void countsForItsAddressFromWhenItsAccountLetItGo() {
        assertThat(wait(1, 1, "1/1s", "1/700ms")).isZero();
        assertThat(wait(2, 2, "1/1s", "1/700ms")).isEqualTo(700);
        passes(700);
        assertThat(wait(2, 2, "1/1s", "1/700ms")).isZero();
        assertThat(wait(3, 2, "1/1s", "1/700ms")).isEqualTo(1000);
        passes(1000);
        assertThat(wait(4, 4, "1/1s", "1/700ms")).isZero();
        assertThat(wait(3, 2, "1/1s", "1/700ms")).isEqualTo(700);
    }

    /** Also where nobody ever has to wait. */
    @Test
    void forgetsWhoWasWrittenToLongAgo() {
        for (int address = 1; address <= 10_001; address++) {
            assertThat(wait(address, address, "1/1s", "")).isZero();
        }
        passes(60_000);
        assertThat(wait(20_000, 20_000, "1/1s", "")).isZero();
        assertThat(pace.size()).isOne();
    }

    @Test
    void letsNobodyGoBeforeTheFarSideSaid() {
        pace.close(parcel(1, 1), Duration.ofSeconds(30));
        assertThat(wait(2, 2, "", "")).isEqualTo(30_000);
        passes(29_999);
        assertThat(wait(3, 3, "", "")).isEqualTo(1);
        passes(1);
        assertThat(wait(2, 2, "", "")).isZero();
        assertThat(wait(3, 3, "", "")).isZero();
    }

    @Test
    void asksTooEarlyAndKeepsItsTurn() {
        wait(1, 1, "1/1s", "");
        wait(2, 1, "1/1s", "");
        passes(400);
        assertThat(wait(2, 1, "1/1s", "")).isEqualTo(600);
        assertThat(wait(3, 1, "1/1s", "")).isEqualTo(1600);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fast", "1/s", "0/1s", "1/0s", "-1/1s", "1/1s;2/1m"})
    void refusesWhatIsNoRate(String text) {
        assertThatThrownBy(() -> Rate.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private void passes(long millis) {
        clock.now = clock.now.plusMillis(millis);
    }

    /** Milliseconds to wait, 0 to go. A waiting one comes a millisecond after its turn, since the work counts in milliseconds. */
    private long wait(long parcel, long address, String perAddress, String perAccount) {
        try {
            pace.keep(parcel(parcel, address), Rate.of(perAddress), Rate.of(perAccount));
            return 0;
        } catch (Later later) {
            assertThat(later.counts()).isFalse();
            return later.pause().toMillis() - 1;
        }
    }

    private static Parcel parcel(long id, long address) {
        return new Parcel(id, id, id, new Address(address, "some", "", "someone"), 1, "Hi", null, false, null);
    }
}
