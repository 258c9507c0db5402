package io.serai.think;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What one model turned out not to take: what one call learned, the next one knows. */
final class Lacks {

    private final Clock clock;
    private final Map<Lack, Instant> ends = new ConcurrentHashMap<>();

    Lacks(Clock clock) {
        this.clock = clock;
    }

    /** Those that hold now; the set is the caller's. */
    Set<Lack> known() {
        var known = EnumSet.noneOf(Lack.class);
        Instant now = clock.instant();
        ends.forEach((lack, end) -> {
            if (now.isBefore(end)) {
                known.add(lack);
            }
        });
        return known;
    }

    /** @return whether nobody knew it */
    boolean learn(Lack lack) {
        Instant now = clock.instant();
        Instant before = ends.put(lack, lack.life() == null ? Instant.MAX : now.plus(lack.life()));
        return before == null || !now.isBefore(before);
    }
}
