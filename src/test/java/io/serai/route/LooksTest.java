package io.serai.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that is looked at again and again. The files of these scenes have one size. */
class LooksTest {

    @TempDir
    private Path home;

    private Path file;
    private Folder folder;

    @BeforeEach
    void write() throws IOException {
        file = Files.createDirectories(home.resolve("routes")).resolve("a.yaml");
        Files.writeString(file, "one");
        folder = new Folder(new Home(home.toString()));
    }

    @Test
    void seesASecondWriteThatLooksLikeTheFirst() throws IOException {
        FileTime tick = Files.getLastModifiedTime(file);
        assertThat(glance()).isEqualTo("one");
        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, tick);
        assertThat(glance()).isEqualTo("two");
    }

    @Test
    void readsNotAgainWhatHasLookedTheSameForAWhile() throws IOException {
        FileTime old = Files.getLastModifiedTime(file);
        rest();
        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, old);
        assertThat(glance()).as("the look is believed").isEqualTo("one");
        assertThat(folder.read().texts()).as("who reads reads").containsEntry("routes/a.yaml", "two");
    }

    @Test
    void seesWhatHasAnotherTimeOrAnotherPlace() throws IOException {
        Path other = Files.writeString(file.resolveSibling("b.yaml"), "one");
        Path gone = Files.writeString(file.resolveSibling("c.yaml"), "one");
        rest();
        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, FileTime.fromMillis(Files.getLastModifiedTime(gone).toMillis() - 60_000)); // as of a copy that was kept
        Path third = Files.writeString(home.resolve("third"), "six");
        Files.setLastModifiedTime(third, Files.getLastModifiedTime(other));
        Files.move(third, other, StandardCopyOption.REPLACE_EXISTING);
        Files.delete(gone);
        assertThat(folder.glance().texts()).containsEntry("routes/a.yaml", "two").containsEntry("routes/b.yaml", "six").doesNotContainKey("routes/c.yaml");
    }

    /** Until the look is believed. */
    private void rest() {
        await().pollInterval(Duration.ofMillis(100)).during(Duration.ofMillis(3_400)).until(() -> !glance().isEmpty());
    }

    private String glance() {
        return folder.glance().texts().get("routes/a.yaml");
    }
}
