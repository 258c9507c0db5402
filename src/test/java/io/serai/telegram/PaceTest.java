package io.serai.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.serai.message.Later;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a chat may be written to again. */
class PaceTest {

    private final Pace pace = new Pace();

    @Test
    void keepsAChatClosedAsLongAsTelegramSaidAndNoOther() {
        pace.close("main", "7", Duration.ofSeconds(30));
        assertThat(refusal("main", "7").pause()).isBetween(Duration.ofSeconds(29), Duration.ofSeconds(30));
        assertThat(refusal("main", "7").counts()).isFalse();
        assertThatCode(() -> pace.enter("main", "8")).doesNotThrowAnyException();
        assertThatCode(() -> pace.enter("other", "7")).doesNotThrowAnyException();
    }

    @Test
    void keepsTheWholeBotQuietWhenASecondChatIsTurnedAway() {
        pace.close("main", "7", Duration.ofSeconds(30));
        pace.close("main", "8", Duration.ofSeconds(20));
        assertThat(refusal("main", "9").pause()).isBetween(Duration.ofSeconds(19), Duration.ofSeconds(20));
        assertThatCode(() -> pace.enter("other", "9")).doesNotThrowAnyException();
    }

    @Test
    void writesTwentyTimesAMinuteToAGroup() {
        for (int i = 0; i < 20; i++) {
            pace.enter("main", "-100");
            pace.enter("main", "100");
        }
        assertThat(refusal("main", "-100").pause()).isBetween(Duration.ofSeconds(55), Duration.ofSeconds(60));
        assertThatCode(() -> pace.enter("main", "100")).doesNotThrowAnyException();
        assertThatCode(() -> pace.enter("main", "-200")).doesNotThrowAnyException();
    }

    private Later refusal(String bot, String chat) {
        return catchThrowableOfType(Later.class, () -> pace.enter(bot, chat));
    }
}
