package io.serai.message;

import java.time.Duration;

/**
 * The far side told us when to come back (Retry-After, retry_after): the next attempt is then, to the second, and not by the retry plan. Where it uses
 * up an attempt, it is not before the plan either: a pause of nothing would use up all of them in a moment.
 */
public class Later extends RuntimeException {

    private static final Duration LONGEST = Duration.ofDays(1);

    private final Duration pause;
    private final boolean counts;
    private final boolean forAll;

    /** @param counts whether this try uses up one of the attempts; a paused account does not */
    public Later(String why, Duration pause, boolean counts, Throwable cause) {
        this(why, pause, counts, true, cause);
    }

    private Later(String why, Duration pause, boolean counts, boolean forAll, Throwable cause) {
        super(why, cause);
        this.pause = pause;
        this.counts = counts;
        this.forAll = forAll;
    }

    /** It was said of one address: what goes elsewhere by the same account need not wait. It uses up no attempt. */
    public static Later here(String why, Duration pause, Throwable cause) {
        return new Later(why, pause, false, false, cause);
    }

    /**
     * A pause as it is obeyed. Who is sent away for longer than a day asks again after a day: a number that is wrong would leave a message waiting for
     * years, and nobody would know.
     */
    public static Duration bounded(Duration told) {
        return told.isNegative() ? Duration.ZERO : told.compareTo(LONGEST) > 0 ? LONGEST : told;
    }

    public Duration pause() {
        return pause;
    }

    public boolean counts() {
        return counts;
    }

    /** Whether all that goes by the same account has to wait as long. */
    public boolean forAll() {
        return forAll;
    }
}
