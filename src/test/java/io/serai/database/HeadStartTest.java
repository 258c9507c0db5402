package io.serai.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.mock.env.MockEnvironment;

class HeadStartTest {

    @TempDir
    private Path home;

    @Test
    void stopsItsPostgresWithAHubThatFailsBeforeItAskedForIt() {
        var hub = new GenericApplicationContext();
        hub.setEnvironment(new MockEnvironment().withProperty("serai.home", home.toString()));
        hub.registerBean("broken", String.class, () -> {
            throw new IllegalStateException("no");
        });
        new HeadStart().initialize(hub);

        assertThatExceptionOfType(BeanCreationException.class).isThrownBy(hub::refresh);

        assertThat(home.resolve("data/postgres/PG_VERSION")).exists();
        assertThat(home.resolve("data/postgres/postmaster.pid")).doesNotExist();
        EmbeddedPostgres.start(home.resolve("data")).close();
    }
}
