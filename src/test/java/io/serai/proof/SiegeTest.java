package io.serai.proof;

import io.serai.Failpoint;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The proof in small; {@link ProofTest} strikes everywhere and more than once. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no signals")
class SiegeTest {

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path home;

    @Test
    void losesNothingThoughItIsKilledWhenItHasSent() {
        Proof.prove(Plan.of("one hub, embedded database", 1, List.of(Failpoint.AFTER_SEND.word())), new Camp(home, null));
    }

    /** This and the next are not in every build, which has ten minutes. */
    @Test
    @Tag("siege")
    void losesNothingWhereElseItIsStruck() {
        Proof.prove(Plan.of("one hub, embedded database", 1, List.of(Failpoint.ACCEPT_AFTER_COMMIT.word(), Failpoint.RELOAD_SWAP.word(), Siege.DATABASE_KILL,
                Siege.TERMINATE)), new Camp(home, null));
    }

    @Test
    @Tag("siege")
    void oneOfTwoHubsGoesOnWhenTheOtherIsKilledOrHangs() {
        Proof.prove(Plan.of("two hubs, one database", 2, List.of(Siege.KILL, Siege.FREEZE)).inCopies(5), new Camp(home, Proof.shared()));
    }
}
