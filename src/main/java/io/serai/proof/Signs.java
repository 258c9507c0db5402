package io.serai.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** Shows how far something is that takes long, and how long it will still take. */
final class Signs {

    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration STILL = Duration.ofMinutes(5);

    private final Consumer<String> tell;

    /** @param tell takes the lines */
    Signs(Consumer<String> tell) {
        this.tell = tell;
    }

    void tell(String line) {
        tell.accept(line);
    }

    /** Before one of several steps. */
    void step(String what, int done, int all, Instant begun) {
        tell("[%d of %d] %s%s".formatted(done + 1, all, what, left(begun, done, all)));
    }

    /**
     * Waits, and says how far it is every ten seconds.
     *
     * @throws IllegalStateException when it comes no further
     */
    void wait(String what, int all, IntSupplier done, BooleanSupplier condition) {
        Instant begun = Instant.now();
        Instant moved = begun;
        int before = 0;
        while (!Patience.wait(EVERY, condition)) {
            int so = done.getAsInt();
            tell("  %d of %d %s%s".formatted(so, all, what, left(begun, so, all)));
            moved = so == before ? moved : Instant.now();
            before = so;
            if (moved.plus(STILL).isBefore(Instant.now())) {
                throw new IllegalStateException("%d of %d %s, and none more for %s".formatted(so, all, what, STILL));
            }
        }
    }

    private static String left(Instant begun, int done, int all) {
        return done == 0 ? "" : ", about %d s left".formatted(Duration.between(begun, Instant.now()).toSeconds() * Math.max(0, all - done) / done);
    }
}
