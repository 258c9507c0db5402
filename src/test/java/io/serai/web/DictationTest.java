package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.serai.message.Message;
import io.serai.message.Role;
import io.serai.message.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One client among others of the same name. */
class DictationTest {

    private final Dictation dictation = new Dictation(left -> {});

    @Test
    void isSilentForWhoOnlyHearsOfOthers() {
        var token = new Heard.Token(turn(1), "word");
        try (var others = Executors.newSingleThreadScheduledExecutor()) {
            others.scheduleAtFixedRate(() -> dictation.tell(token), 0, 20, TimeUnit.MILLISECONDS);

            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> assertThat(dictation.next(2, Duration.ofMillis(100))).isInstanceOf(Heard.Silence.class));

            others.shutdownNow();
        }
    }

    @Test
    void hearsWhatIsAboutItsMessageBehindWhatIsNot() throws InterruptedException {
        var own = new Heard.Token(turn(2), "word");
        dictation.tell(new Heard.Token(turn(1), "another"));
        dictation.tell(own);

        assertThat(dictation.next(2, Duration.ofSeconds(10))).isEqualTo(own);
    }

    private static Turn turn(long message) {
        return new Turn(null, null, null, List.of(new Message(message, Role.USER, "Hello", List.of(), Instant.EPOCH)), null);
    }
}
