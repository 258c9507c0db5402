package io.serai.work;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.convert.DurationStyle;

/**
 * How long to wait after each failed attempt; after the last delay of the plan there is one last attempt. Each wait is drawn out by up to a
 * tenth, so that what failed together does not come back together.
 */
public record RetryPlan(List<Duration> delays) {

    /** Reads {@code 1s,5s,30s,2m}. */
    public static RetryPlan of(String text) {
        return new RetryPlan(Arrays.stream(text.split(",")).map(String::strip).map(DurationStyle::detectAndParse).toList());
    }

    /** How often work is tried in all. */
    public int attempts() {
        return delays.size() + 1;
    }

    /** How long the whole plan takes at least. */
    public Duration span() {
        return delays.stream().reduce(Duration.ZERO, Duration::plus);
    }

    /** @param attempt the one that failed, from 1 */
    public Duration after(int attempt) {
        Duration delay = delays.get(Math.min(attempt, delays.size()) - 1);
        return delay.plusMillis(ThreadLocalRandom.current().nextLong(delay.toMillis() / 10 + 1));
    }
}
