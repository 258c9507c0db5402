package io.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.Failpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The proof at the length of {@code -Dproof.rounds}: see {@code docs/proof.md}. */
@Tag("proof")
class ProofTest {

    private static final int ROUNDS = Integer.getInteger("proof.rounds", 1);
    private static final int RATE = Integer.getInteger("proof.rate", 50);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path home;

    @Test
    void killedAtRandom() {
        Proof.prove(Plan.of("kill -9 at random", 1, times(20, Siege.KILL)).at(RATE), new Camp(home, null));
    }

    @Test
    void killedAtEachFailPoint() {
        String[] places = Arrays.stream(Failpoint.values()).map(Failpoint::word).toArray(String[]::new);
        Proof.prove(Plan.of("kill -9 at each fail point", 1, times(1, places)).at(RATE), new Camp(home, null));
    }

    @Test
    void losesItsDatabase() {
        Proof.prove(Plan.of("Postgres killed and stopped", 1, times(3, Siege.DATABASE_KILL, Siege.DATABASE_STOP)).at(RATE), new Camp(home, null));
    }

    @Test
    void drainsWhenItIsTold() {
        Outcome outcome = Proof.prove(Plan.of("SIGTERM", 1, times(3, Siege.TERMINATE)).at(RATE), new Camp(home, null));

        assertThat(outcome.drains()).allSatisfy(drain -> assertThat(drain).isLessThan(Duration.ofSeconds(30)));
    }

    @Test
    void sharesADatabaseWithAHubThatDiesOrHangs() {
        Proof.prove(Plan.of("two hubs, killed and frozen", 2, times(1, Siege.KILL, Siege.KILL, Siege.FREEZE)).at(RATE).frozenFor(Duration.ofSeconds(90)),
                new Camp(home, Proof.shared()));
    }

    @Test
    void isToldEverythingUpToFiveTimes() {
        Proof.prove(Plan.of("1 to 5 times, to two hubs", 2, List.of()).at(RATE).inCopies(5).of(500 * ROUNDS), new Camp(home, Proof.shared()));
    }

    @Test
    void hasToDoWithABadWorld() {
        Proof.prove(Plan.of("model and channels misbehave", 1, List.of()).at(RATE).in(Weather.bad(0.05)).of(500 * ROUNDS), new Camp(home, null));
    }

    /** All of them, so many times a round. */
    private static List<String> times(int number, String... blows) {
        return Collections.nCopies(number * ROUNDS, Stream.of(blows).toList()).stream().flatMap(List::stream).toList();
    }
}
