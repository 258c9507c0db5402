package io.serai.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.env.StandardEnvironment;

/** Everything people get wrong is refused, at the right line, with what they should have written. */
class BadEditTest {

    private static final Check CHECK = Checker.fresh();
    private static final FileSet HOUSE = new Folder(new Home(".")).read();

    @TempDir
    private Path home;

    static Stream<BadEdit> edits() {
        return BadEdit.all().stream();
    }

    @ParameterizedTest
    @MethodSource("edits")
    void isRefusedAtTheRightLine(BadEdit edit) {
        List<Fault> faults = CHECK.check(HOUSE.with(edit.file(), edit.text(HOUSE))).faults();
        assertThat(faults).as("faults of: %s", edit).anySatisfy(fault -> {
            assertThat(fault.file() + ":" + fault.line()).isEqualTo(edit.blamed() + ":" + edit.line());
            assertThat(fault.toString()).contains(edit.told());
        });
    }

    @Test
    void tellsOnlyWhoEditsItThatATimeHasGoneBy() {
        var crons = new Crons(new StandardEnvironment());
        Item past = Item.text("routes/new.yaml", 7, 1, "0 0 8 1 1 ? 2020", true);
        Use use = Use.of("from", past, "quartz:new", Map.of("cron", past));
        List<Fault> faults = new ArrayList<>();
        crons.judge(use, "cron", past, false, faults::add);
        assertThat(faults).isEmpty();
        crons.judge(use, "cron", past, true, faults::add);
        assertThat(faults).singleElement().asString().contains("never fires");
    }

    @Test
    void tellsAllFaultsAtOnce() {
        FileSet files = HOUSE.with("routes/answer.yaml", HOUSE.texts().get("routes/answer.yaml").replace("ref: keep", "ref: kepe")
                .replace("retry:", "rerty:"))
                .with("routes/deliver.yaml", HOUSE.texts().get("routes/deliver.yaml").replace("work:parcels", "work:parcel"));
        assertThat(CHECK.check(files).faults()).extracting(Fault::toString).containsExactly(
                "routes/answer.yaml:8:16: 'work' has no option 'rerty' (did you mean 'retry'?)",
                "routes/answer.yaml:27:18: no bean named 'kepe' (did you mean 'keep'?)",
                "routes/deliver.yaml:5:12: 'work' knows no 'parcel' (did you mean 'parcels'?)");
    }

    @Test
    void letsThroughWhatIsDangerousWhereItIsAllowed() {
        FileSet files = HOUSE.with("routes/new.yaml", """
                - route:
                    id: new
                    from:
                      uri: direct:new
                      steps:
                        - to: file:/tmp/out
                """);
        assertThat(Checker.fresh("file").check(files).faults()).isEmpty();
    }

    @Test
    void looksBehindTheParametersOfAKamelet() {
        FileSet files = HOUSE
                .with("processors/ring.kamelet.yaml", HOUSE.texts().get("processors/think.kamelet.yaml").replace("name: think", "name: ring")
                        .replace("        - bean:", "        - to: \"{{model}}\"\n        - bean:"))
                .with("routes/enrich.yaml", HOUSE.texts().get("routes/enrich.yaml").replace("kamelet:open ", "kamelet:ring ")
                        .replace("persona: persona\n              budget: 3500", "model: exec:ls"));
        assertThat(CHECK.check(files).faults()).extracting(Fault::toString)
                .anyMatch(fault -> fault.startsWith("routes/enrich.yaml:10:22: the component 'exec' is not allowed here"));
    }

    @Test
    void refusesNothingForItsStyle() {
        FileSet files = HOUSE.with("routes/new.yaml",
                "- route:\n    id: other\n    from:\n      uri: direct:new\n      steps:\n        - stop: {}\n");
        assertThat(CHECK.check(files).faults()).isEmpty();
        assertThat(CHECK.check(files).warnings()).extracting(Fault::what).containsExactlyInAnyOrder(
                "the route 'new' has no description".replace("new", "other"), "the route 'other' is not named like its file");
    }

    @Test
    void refusesWhatLeadsOutOfTheFolder() throws IOException {
        copyHouse();
        Path secret = Files.writeString(Files.createTempFile("secret", ".yaml"), "- route: {}");
        Files.createSymbolicLink(home.resolve("routes/leak.yaml"), secret);
        assertThat(new Folder(new Home(home.toString())).read().unreadable()).singleElement().satisfies(fault ->
                assertThat(fault.toString()).startsWith("routes/leak.yaml:1:1: leads out of the folder"));
        Files.delete(secret);
    }

    @Test
    void refusesFiveMegabytesWithoutReadingThem() throws IOException {
        copyHouse();
        Files.writeString(home.resolve("routes/big.yaml"), "# x\n".repeat(1_250_000));
        assertThat(CHECK.check(new Home(home.toString())).faults()).extracting(Fault::file).containsExactly("routes/big.yaml");
    }

    @Test
    void refusesWhatIsNotText() throws IOException {
        copyHouse();
        Files.write(home.resolve("routes/latin.yaml"), new byte[] {'#', (byte) 0xe4, '\n'});
        assertThat(CHECK.check(new Home(home.toString())).faults()).extracting(Fault::what).containsExactly("is not UTF-8");
    }

    @Test
    void saysWhichFileNobodyReads() throws IOException {
        copyHouse();
        Files.writeString(home.resolve("routes/short.yml"), "- route: {}\n");
        assertThat(CHECK.check(new Home(home.toString())).all()).extracting(Fault::toString)
                .containsExactly("routes/short.yml:1:1: style: is not read (files here end with .yaml)");
    }

    @Test
    void knowsWhichPathsAreItsOwn() {
        assertThat(Folder.isPath("routes/deliver/slack.yaml")).isTrue();
        assertThat(List.of("routes/../application.yaml", "routes/x.txt", "data/x.yaml", "/routes/x.yaml", "memory/migrations/V1.sql",
                "routes/.x.yaml"))
                .noneMatch(Folder::isPath);
    }

    private void copyHouse() throws IOException {
        HouseCopy.into(home);
    }
}
