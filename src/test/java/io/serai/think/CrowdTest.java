package io.serai.think;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.town.ScriptedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Many at once. */
@ResourceLock(House.TOLD)
class CrowdTest {

    @Test
    void carriesAThousandAnswersAtOnce() throws Exception {
        try (var model = ScriptedModel.start().takes(Duration.ofSeconds(2))
                .answersBy(request -> "To " + request.lastUser().replaceAll("(?s).*</now>\\s*", ""));
                var house = new House(House.of("main", model, "TIMEOUT", "30s"));
                var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            house.asks("warm up");
            int threads = Thread.activeCount();
            long start = System.nanoTime();
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                String text = "question " + i;
                answers.add(crowd.submit(() -> house.asks(text)));
            }
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).isEqualTo("To question " + i);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertThat(took).as("two seconds each, not two thousand").isLessThan(Duration.ofSeconds(60));
            assertThat(Thread.activeCount() - threads).as("platform threads, those of other scenes among them").isLessThan(500);
            assertThat(house.calls("ok")).isEqualTo(1_001);
        }
    }
}
