package io.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.town.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;

/** One siege, whose promises must hold. What came of it is added to {@code target/proof.md}, as {@code docs/proof.md} has it. */
final class Proof {

    private static final Path ROWS = Path.of("target/proof.md");

    private Proof() {}

    static Outcome prove(Plan plan, Camp camp) {
        try (var siege = new Siege(plan, camp, System.out::println)) {
            Outcome outcome = siege.run();
            System.out.println(outcome.report());
            write(outcome);
            assertThat(outcome.holds()).as(outcome.report()).isTrue();
            return outcome;
        }
    }

    private static void write(Outcome outcome) {
        try {
            Files.createDirectories(ROWS.getParent());
            if (!Files.exists(ROWS)) {
                Files.writeString(ROWS, "%s, %d cores, %s %s, JDK %s\n\n%s\n".formatted(LocalDate.now(), Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"), System.getProperty("os.arch"), Runtime.version(), outcome.head()));
            }
            Files.writeString(ROWS, outcome.row() + "\n", StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** A database for several hubs. */
    static Books shared() {
        TestDatabase database = TestDatabase.create();
        return new Books(database.url(), database.user(), database.password());
    }
}
