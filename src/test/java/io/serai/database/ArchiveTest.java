package io.serai.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {

    @TempDir
    private Path folder;

    @Test
    void unpacksWhereTheSystemHasNoTar() throws Exception {
        Path packed = folder.resolve("postgres.txz");
        try (InputStream binaries = Binaries.find().openStream()) {
            Files.copy(binaries, packed);
        }

        new Archive(packed).unpackInJava(folder.resolve("postgres"));

        Command.Outcome outcome = new Command(List.of(folder.resolve("postgres/bin/postgres").toString(), "--version")).run();
        assertThat(outcome.output()).startsWith("postgres (PostgreSQL) 17");
    }
}
