package io.serai.route;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serai.town.RecipeHome;
import io.serai.town.Town;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

@Tag("database")
@ResourceLock(Town.FAILED_START)
class LeakyDoorTest {

    @Test
    void keepsTheHubFromStartingAndIsNamed(@TempDir Path recipe) throws IOException {
        Files.createDirectories(recipe.resolve("receive"));
        Files.writeString(recipe.resolve("receive/leaky.yaml"), """
                - route:
                    id: receive/leaky
                    description: Forgets to wipe
                    from:
                      uri: direct:receive/leaky
                      steps:
                        - to:
                            uri: direct:listen
                """);
        assertThatThrownBy(() -> Town.with(Map.of("serai.home", RecipeHome.with(recipe))))
                .hasStackTraceContaining("routes/receive/leaky.yaml")
                .hasStackTraceContaining("hostile headers");
    }
}
