package io.serai.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.serai.message.Later;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a chat may be written to again. */
class FloodgateTest {

    private final Floodgate floodgate = new Floodgate();

    @Test
    void keepsAChatClosedAsLongAsTelegramSaidAndNoOther() {
        floodgate.close("main", "7", Duration.ofSeconds(30));
        assertThat(refusal("main", "7").pause()).isBetween(Duration.ofSeconds(25), Duration.ofSeconds(30));
        assertThat(refusal("main", "7").counts()).isFalse();
        assertThatCode(() -> floodgate.enter("main", "8")).doesNotThrowAnyException();
        assertThatCode(() -> floodgate.enter("other", "7")).doesNotThrowAnyException();
    }

    @Test
    void keepsTheWholeBotQuietWhenASecondChatIsTurnedAway() {
        floodgate.close("main", "7", Duration.ofSeconds(30));
        floodgate.close("main", "8", Duration.ofSeconds(20));
        assertThat(refusal("main", "9").pause()).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(20));
        assertThatCode(() -> floodgate.enter("other", "9")).doesNotThrowAnyException();
    }

    @Test
    void writesTwentyTimesAMinuteToAGroup() {
        for (int i = 0; i < 20; i++) {
            floodgate.enter("main", "-100");
            floodgate.enter("main", "100");
        }
        assertThat(refusal("main", "-100").pause()).isBetween(Duration.ofSeconds(55), Duration.ofSeconds(60));
        assertThatCode(() -> floodgate.enter("main", "100")).doesNotThrowAnyException();
        assertThatCode(() -> floodgate.enter("main", "-200")).doesNotThrowAnyException();
    }

    private Later refusal(String bot, String chat) {
        return catchThrowableOfType(Later.class, () -> floodgate.enter(bot, chat));
    }
}
