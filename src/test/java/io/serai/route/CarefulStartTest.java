package io.serai.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.serai.town.Printed;
import io.serai.town.Town;
import io.serai.town.Visitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A hub starts with what it can, and says what it could not. */
@Tag("database")
@ResourceLock(Town.FAILED_START)
class CarefulStartTest {

    @TempDir
    private Path home;

    @Test
    void runsWhatRanLastInsteadOfAFileThatIsFaulty() throws IOException {
        HouseCopy.into(home);
        Files.writeString(home.resolve("routes/fresh.yaml"),
                "- route:\n    id: fresh\n    from:\n      uri: nowhere:x\n      steps:\n        - stop: {}\n");
        try (var town = Town.with(Map.of("serai.home", home))) {
            assertThat(town.bean(Reload.class).routes()).extracting(RouteState::id).contains("answer").doesNotContain("fresh");
            assertThat(town.bean(Reload.class).refusal().faults()).extracting(Fault::toString)
                    .containsExactly("routes/fresh.yaml:4:12: there is no component 'nowhere'");
            Files.delete(home.resolve("routes/fresh.yaml"));
            town.stop();
            String answer = Files.readString(home.resolve("routes/answer.yaml"));
            Files.writeString(home.resolve("routes/answer.yaml"), answer.replace("kamelet:think", "kamelet:tihnk"));
            Files.writeString(home.resolve("memory/prompts/persona.md"), "Hello {{name}}\n");
            town.start();
            town.model().says("Here I am.");
            Visitor customer = town.visitor();
            customer.says("Hello?");
            customer.hears("Here I am.");
            assertThat(town.model().requests().getLast().system()).startsWith("You answer for a business");
            assertThat(town.bean(Reload.class).refusal().faults()).extracting(Fault::file)
                    .containsExactly("memory/prompts/persona.md", "routes/answer.yaml");
        }
    }

    @Test
    void startsWithATimerWhoseDateHasGoneBy() throws IOException {
        HouseCopy.into(home);
        try (var town = Town.with(Map.of("serai.home", home))) {
            LocalDateTime soon = LocalDateTime.now().plusSeconds(8);
            Files.writeString(home.resolve("routes/once.yaml"), ReloadTest.route("once", "quartz:once", "- log: once").replace("      steps:",
                    "      parameters:\n        cron: %s\n      steps:".formatted(soon.format(DateTimeFormatter.ofPattern("s m H d M ? yyyy")))));
            await().until(() -> town.bean(Reload.class).running().texts().containsKey("routes/once.yaml"));
            await().until(() -> LocalDateTime.now().isAfter(soon.plusSeconds(1)));
            town.stop();
            town.start();
            assertThat(town.bean(Reload.class).refusal()).isNull();
            assertThat(town.bean(Reload.class).routes()).extracting(RouteState::id).contains("answer", "once");
        }
    }

    @Test
    void startsBesideACopyOfAFileItCannotDoWithoutAndBesideAFileOfNuls() throws IOException {
        HouseCopy.into(home);
        try (var town = Town.with(Map.of("serai.home", home))) {
            town.stop();
            Files.copy(home.resolve("routes/answer.yaml"), home.resolve("routes/answer-old.yaml"));
            Files.write(home.resolve("routes/nothing.yaml"), new byte[4096]);
            town.start();
            Reload reload = town.bean(Reload.class);
            assertThat(reload.routes()).extracting(RouteState::id).contains("answer");
            assertThat(reload.running().texts()).containsKey("routes/answer.yaml").doesNotContainKeys("routes/answer-old.yaml", "routes/nothing.yaml");
            assertThat(reload.refusal().faults()).extracting(Fault::toString).containsExactly(
                    "routes/answer-old.yaml:2:9: the id 'answer' is taken by routes/answer.yaml line 2",
                    "routes/nothing.yaml:1:1: holds a NUL character (this is no text; write it anew)");
        }
    }

    @Test
    void runsAllThatRanLastWhenNoOtherSetIsWhole(Printed output) throws IOException {
        HouseCopy.into(home);
        try (var town = Town.with(Map.of("serai.home", home))) {
            town.stop();
            Files.delete(home.resolve("processors/think.kamelet.yaml"));
            town.start();
            assertThat(town.bean(Reload.class).running().texts()).containsKeys("routes/answer.yaml", "processors/think.kamelet.yaml");
            assertThat(town.bean(Reload.class).refusal().faults()).extracting(Fault::file).contains("routes/answer.yaml");
            assertThat(output).contains("all of them run as they ran last");
        }
    }

    @Test
    void doesNotStartWhenItCouldNotAnswer() throws IOException {
        HouseCopy.into(home);
        Files.delete(home.resolve("routes/enrich.yaml"));
        assertThatThrownBy(() -> Town.with(Map.of("serai.home", home)))
                .rootCause()
                .hasMessageContaining("routes/answer.yaml:21:26: no route starts from 'direct:enrich'");
    }
}
