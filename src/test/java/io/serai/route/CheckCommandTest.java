package io.serai.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What engineers run in their own CI. */
class CheckCommandTest {

    @TempDir
    private Path home;

    @Test
    void saysByItsExitCodeWhetherThereIsAFault() throws IOException {
        HouseCopy.into(home);
        Path report = home.resolve("report.xml");
        assertThat(CheckCommand.run(new String[] {home.toString(), "--junit=" + report})).isZero();
        assertThat(report).content().contains("failures=\"0\"", "name=\"routes/answer.yaml\"");
        Files.writeString(home.resolve("routes/reflect.yaml"), "- route: <x>\n");
        assertThat(CheckCommand.run(new String[] {home.toString(), "--junit=" + report})).isOne();
        assertThat(report).content().contains("<failure", "routes/reflect.yaml:1:10");
        assertThat(CheckCommand.run(new String[] {home.resolve("nowhere").toString()})).isEqualTo(2);
    }
}
