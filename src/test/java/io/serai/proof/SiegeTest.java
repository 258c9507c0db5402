package io.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.Failpoint;
import io.serai.town.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The proof in small: each blow once. {@code mvn verify -Pproof} strikes many times. */
class SiegeTest {

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path home;

    @Test
    void losesNothingWhereverItIsKilled() {
        List<String> blows = new ArrayList<>(Arrays.stream(Failpoint.values()).map(Failpoint::word).toList());
        blows.addAll(List.of(Siege.KILL, Siege.DATABASE_KILL, Siege.TERMINATE));

        prove(Plan.of("one hub, embedded database", 1, blows), new Camp(home, null));
    }

    @Test
    void twoHubsShareOneDatabaseAndSurviveEachOther() {
        var plan = Plan.of("two hubs on one database", 2, List.of(Siege.KILL, Siege.FREEZE)).inCopies(5);

        prove(plan, new Camp(home, shared()));
    }

    private static void prove(Plan plan, Camp camp) {
        try (var siege = new Siege(plan, camp, System.out::println)) {
            Outcome outcome = siege.run();
            System.out.println(outcome.report());
            assertThat(outcome.holds()).as(outcome.report()).isTrue();
        }
    }

    private static Books shared() {
        TestDatabase database = TestDatabase.create();
        return new Books(database.url(), database.user(), database.password());
    }
}
