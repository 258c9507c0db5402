package io.serai.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

    @TempDir
    Path data;

    @Test
    void startsTwice() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (EmbeddedPostgres p = EmbeddedPostgres.start(data); Connection c = p.server().connect()) {
                assertThat(c.isValid(1)).isTrue();
            }
        }
    }
}
