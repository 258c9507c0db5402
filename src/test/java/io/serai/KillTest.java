package io.serai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.town.KillableHub;
import io.serai.town.ScriptedModel;
import io.serai.town.Visitor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hub is killed at a bad moment; the customer does not notice more than a pause. */
class KillTest {

    @Test
    void answersOnceThoughItWasKilledInTheMiddleOfTheAnswer(@TempDir Path home) throws Exception {
        try (var model = ScriptedModel.start();
                var hub = new KillableHub(home, Map.of("SERAI_MODELS_MAIN_BASE_URL", model.url(), "SERAI_MODELS_MAIN_NAME", "scripted",
                        "SERAI_PROFILE_EXTRACTION", "off"))) {
            hub.start();
            Visitor customer = hub.visitor();
            model.says("Here I am.").takes(Duration.ofSeconds(20));
            customer.says("Are you there?", "5a0f4f7e-26a5-4f0e-9c2b-6a3e1f0c9d10");
            await().until(() -> model.requests().size() == 1);

            hub.kill();
            model.takes(Duration.ZERO);
            hub.start();

            customer.hears("Here I am.");
            customer.says("Are you there?", "5a0f4f7e-26a5-4f0e-9c2b-6a3e1f0c9d10");
            JsonNode items = customer.sees().get("messages");
            assertThat(items.findValuesAsText("text")).containsExactly("Are you there?", "Here I am.");
            assertThat(model.requests()).hasSize(2);
        }
    }
}
