package io.serai.town;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that goes with the time until a scene moves it. */
public final class SettableClock extends Clock {

    private volatile Duration moved = Duration.ZERO;

    /** Lets time pass. */
    public void passes(Duration time) {
        moved = moved.plus(time);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(moved);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(instant(), zone);
    }
}
