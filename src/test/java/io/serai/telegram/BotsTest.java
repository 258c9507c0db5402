package io.serai.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Bots as they stand in application.yaml: refused where they cannot work, and without telling a secret. */
class BotsTest {

    @EnableConfigurationProperties(TelegramSettings.class)
    static class Settings {}

    @Test
    void refusesATokenThatIsNoneWithoutTellingIt() {
        assertThat(refusal(Map.of("token", "no-token-but-a-secret"))).contains("serai.telegram.main.token").doesNotContain("no-token-but-a-secret");
    }

    @Test
    void wantsToKnowWhereAWebhookIs() {
        assertThat(refusal(Map.of("token", "1:a-fine-token", "mode", "webhook"))).contains("serai.telegram.main.url").doesNotContain("a-fine-token");
        assertThat(refusal(Map.of("token", "1:a-fine-token", "secret", "short"))).contains("serai.telegram.main.secret").doesNotContain("a-fine-token");
    }

    @Test
    void worksWithATokenAlone() {
        assertThat(refusal(Map.of("token", "1:a-fine-token", "base-uri", ""))).isEmpty();
    }

    private static String refusal(Map<String, String> settings) {
        var text = new StringBuilder();
        new ApplicationContextRunner()
                .withUserConfiguration(Settings.class)
                .withPropertyValues(settings.entrySet().stream().map(one -> "serai.telegram.main." + one.getKey() + "=" + one.getValue()).toArray(String[]::new))
                .run(context -> {
                    assertThat(context.getBean(TelegramSettings.class).toString()).doesNotContain("a-fine-token");
                    try {
                        context.getBean(TelegramSettings.class).telegram().forEach(Bots::check);
                    } catch (IllegalStateException refused) {
                        text.append(refused.getMessage());
                    }
                });
        return text.toString();
    }
}
