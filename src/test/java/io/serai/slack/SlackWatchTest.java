package io.serai.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.serai.WrongSetting;
import io.serai.channel.Pulse;
import io.serai.channel.Pulses;
import io.serai.town.Printed;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

/** Whether somebody attends to each workspace, and which can be attended to at all. */
class SlackWatchTest {

    private static final String TOKEN = "xoxb-0000-the-token-of-a-scene";

    /** Fails in ways that nobody thought of, and says what it should not. */
    private static final class Fragile extends SlackProbe {

        private final AtomicInteger lives = new AtomicInteger();

        Fragile() {
            super(null);
        }

        @Override
        void live(Workspace workspace) throws InterruptedException {
            switch (lives.incrementAndGet()) {
                case 1 -> throw new IllegalArgumentException("invalid header value: \"Bearer " + TOKEN + "\"");
                case 2 -> throw new StackOverflowError();
                default -> Thread.sleep(Duration.ofDays(1));
            }
        }
    }

    @Test
    void attendsAgainToAWorkspaceThatItFailedAt(Printed output) {
        new ApplicationContextRunner()
                .withBean(SimpleMeterRegistry.class)
                .withBean(Clock.class, Clock::systemUTC)
                .withUserConfiguration(Pulses.class)
                .run(context -> {
                    Pulses pulses = context.getBean(Pulses.class);
                    Fragile fragile = new Fragile();
                    SlackWatch watch = new SlackWatch(new Workspaces(new SlackSettings(Map.of("main", account(TOKEN, null))), pulses), null, fragile);
                    watch.start();
                    await().until(() -> fragile.lives.get() == 3);
                    watch.stop();
                    assertThat(pulses.all()).singleElement().extracting(Pulse::trouble).isEqualTo("StackOverflowError");
                    assertThat(output.toString()).contains("nobody attends to it").doesNotContain(TOKEN);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"xoxb-0000\n1111", "xoxb-0000 1111", "xoxb-äöü", "xoxb-\u0000"})
    void refusesATokenThatNoHeaderCanHoldWithoutTellingIt(String token) {
        assertThatThrownBy(() -> Workspaces.check("main", account(token, null)))
                .isInstanceOf(WrongSetting.class).hasMessageContaining("serai.slack.main.token").hasMessageNotContaining(token);
        String app = token.replace("xoxb", "xapp");
        assertThatThrownBy(() -> Workspaces.check("main", account(TOKEN, app)))
                .isInstanceOf(WrongSetting.class).hasMessageContaining("serai.slack.main.app-token").hasMessageNotContaining(app);
    }

    @Test
    void takesATokenAsSlackGivesIt() {
        assertThatCode(() -> Workspaces.check("main", account("xoxb-17653672481-19874698323-pdFZKVeTuE8sk7oOcBrzbqgy", "xapp-1-A0-2-3c"))).doesNotThrowAnyException();
    }

    private static SlackSettings.Account account(String token, String appToken) {
        return new SlackSettings.Account(token, "a-secret", appToken, null, Duration.ofSeconds(1), DataSize.ofMegabytes(20), Duration.ofSeconds(60),
                Duration.ofMillis(10));
    }
}
