package io.serai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.town.RecipeHome;
import io.serai.town.Town;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The timer of docs/channels.md, put beside the routes as an engineer would: it speaks up by itself, in a talk of its own. */
@Tag("database")
class TimerRecipeTest {

    @Test
    void speaksUpOnceADayInATalkOfItsOwn() {
        try (var town = Town.with(Map.of("serai.home", RecipeHome.with(Path.of("src/test/resources/timer")), "serai.timers.digest", "* * * * * ?"))) {
            await().untilAsserted(() -> assertThat(town.sql().sql("""
                    select regexp_replace(key, '\\d{4}-\\d\\d-\\d\\d', 'today') || ': ' || asked.text || ' ' || reply.text
                    from message asked join message reply on reply.id = asked.answer_id join conversation on conversation.id = asked.conversation_id
                    """).query(String.class).list()).containsExactly("job:digest-today: What is open today? Good day."));
            assertThat(town.model().requests().getLast().lastUser()).contains("day = \"20");
            await().until(() -> town.bean(io.micrometer.core.instrument.MeterRegistry.class).counter("serai.accepted", "channel", "webhook", "duplicate", "true").count() > 0);
            assertThat(town.sql().sql("select count(*) from message where role = 'user'").query(Integer.class).single()).as("whoever fires again that day").isOne();
        }
    }
}
