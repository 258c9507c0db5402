package io.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.Failpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The proof, one test for each line of the table in {@code docs/proof.md}: {@code -Dproof.only} names one by its tag, {@code -Dproof.rounds} says how
 * often it strikes.
 */
@Tag("proof")
class ProofTest {

    private static final Duration BACK_WITHIN = Duration.ofSeconds(30);

    /** A hub on one core is this old before its code is compiled. */
    private static final Duration RUN_IN = Duration.ofSeconds(15);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path home;

    @Test
    @Tag("kills")
    void isKilledAtRandom() {
        Proof.prove(of("1 kill -9 at random", times(rounds(5), Siege.KILL)), alone());
    }

    @Test
    @Tag("failpoints")
    void isKilledAtEachFailPoint() {
        String[] places = Arrays.stream(Failpoint.values()).map(Failpoint::word).toArray(String[]::new);
        Proof.prove(of("2 kill -9 at each fail point", times(rounds(1), places)), alone());
    }

    @Test
    @Tag("database")
    void losesItsDatabase() {
        Outcome outcome = Proof.prove(of("3 Postgres killed and stopped", times(rounds(1), Siege.DATABASE_KILL, Siege.DATABASE_STOP)), alone());

        assertThat(outcome.resumptions()).allSatisfy(time -> assertThat(time).isLessThan(BACK_WITHIN));
    }

    @Test
    @Tag("models")
    void hasToDoWithBadModels() {
        Proof.prove(of("4 models misbehave", List.of(Siege.WAIT, Siege.WEATHER)).in(Weather.ofModels(rounds(2)))
                .with(Map.of("SERAI_MODELS_MAIN_TIMEOUT", "10s", "SERAI_MODELS_MAIN_IDLE_TIMEOUT", "5s")), alone());
    }

    /** The first has no address, the second speaks no TLS though it is asked to: everybody is answered by the third. */
    @Test
    @Tag("models")
    void hasModelsThatCannotBeReached() {
        Proof.prove(Plan.of("4 models without DNS and TLS", 1, List.of()).at(rate(20)).of(50 * rounds(2)).with(Map.of(
                "SERAI_MODELS_MAIN_BASE_URL", "http://model.invalid/v1", "SERAI_MODELS_MAIN_FALLBACK", "untrusted,spare", "SERAI_MODELS_MAIN_COOL_DOWN", "2s",
                "SERAI_MODELS_UNTRUSTED_BASE_URL", "https://FAR/v1", "SERAI_MODELS_UNTRUSTED_NAME", "proof", "SERAI_MODELS_UNTRUSTED_COOL_DOWN", "2s",
                "SERAI_MODELS_SPARE_BASE_URL", "http://FAR/v1", "SERAI_MODELS_SPARE_NAME", "proof")), alone());
    }

    @Test
    @Tag("channels")
    void hasToDoWithBadChannels() {
        Proof.prove(of("5 channels misbehave", List.of(Siege.WAIT, Siege.WEATHER, Siege.LOCKED_OUT)).in(Weather.ofChannels(rounds(5))), alone());
    }

    @Test
    @Tag("copies")
    void isToldEverythingUpToFiveTimes() {
        Outcome outcome = Proof.prove(Plan.of("6 delivered 1 to 5 times, to two hubs", 2, List.of()).at(rate(10)).inCopies(5).of(100 * rounds(5)), town());

        assertThat(outcome.acceptedWithin(0.5, RUN_IN)).isLessThan(250);
        assertThat(outcome.acceptedWithin(0.99, RUN_IN)).isLessThan(1_000);
    }

    @Test
    @Tag("poison")
    void isKilledByAMessageOverAndOver() {
        Proof.prove(of("7 a message that kills the hub", times(rounds(1), Siege.POISON)), alone());
    }

    @Test
    @Tag("twins")
    void sharesADatabaseWithAHubThatDiesOrHangs() {
        Proof.prove(of("9 two hubs, killed and frozen 90 s", 2, times(rounds(1), Siege.KILL, Siege.KILL, Siege.FREEZE)).pausing(Duration.ofSeconds(90)),
                town());
    }

    @Test
    @Tag("overload")
    void isAskedTenTimesAsMuch() {
        Outcome outcome = Proof.prove(Plan.of("10 overload", 1, times(rounds(1), Siege.WAIT)).at(rate(500)).pausing(Duration.ofMinutes(1)), alone());

        assertThat(outcome.unfairness()).isLessThan(5);
        assertThat(outcome.peakMemory()).as("megabytes, of which the heap may have 400").isLessThan(1_000);
    }

    @Test
    @Tag("terminate")
    void drainsWhenItIsTold() {
        Outcome outcome = Proof.prove(of("11 SIGTERM under load", times(rounds(3), Siege.TERMINATE)), alone());

        assertThat(outcome.drains()).allSatisfy(drain -> assertThat(drain).isLessThan(BACK_WITHIN));
    }

    /** On a small file system of its own, where the machine lets us make one. */
    @Test
    @Tag("disk")
    void acceptsNothingThatItCannotStore() throws Exception {
        Path small = Files.createDirectory(home.resolve("small"));
        Assumptions.assumeTrue(runs("mount", "-t", "tmpfs", "-o", "size=256m", "tmpfs", small.toString()), "no file system can be mounted here");
        try {
            Proof.prove(of("12 disk full", times(rounds(1), Siege.DISK_FULL)), new Camp(small, null));
        } finally {
            runs("umount", small.toString());
        }
    }

    private static boolean runs(String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }

    private static Plan of(String name, List<String> blows) {
        return of(name, 1, blows);
    }

    private static Plan of(String name, int hubs, List<String> blows) {
        return Plan.of(name, hubs, blows).at(rate(50));
    }

    private Camp alone() {
        return new Camp(home, null);
    }

    private Camp town() {
        return new Camp(home, Proof.shared());
    }

    private static int rounds(int otherwise) {
        return Integer.getInteger("proof.rounds", otherwise);
    }

    /** Messages a second. */
    private static int rate(int otherwise) {
        return Integer.getInteger("proof.rate", otherwise);
    }

    /** All of them, so many times. */
    private static List<String> times(int number, String... blows) {
        return Collections.nCopies(number, Stream.of(blows).toList()).stream().flatMap(List::stream).toList();
    }
}
