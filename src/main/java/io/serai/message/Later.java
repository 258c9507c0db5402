package io.serai.message;

import java.time.Duration;

/**
 * The far side told us when to come back (Retry-After, retry_after): the next attempt is then, to the second, and not by the retry plan.
 */
public class Later extends RuntimeException {

    private final Duration pause;
    private final boolean counts;

    /** @param counts whether this try uses up one of the attempts; a paused account does not */
    public Later(String why, Duration pause, boolean counts, Throwable cause) {
        super(why, cause);
        this.pause = pause;
        this.counts = counts;
    }

    public Duration pause() {
        return pause;
    }

    public boolean counts() {
        return counts;
    }
}
