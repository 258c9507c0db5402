package io.serai.think;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.serai.town.ScriptedModel;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.validation.ValidationAutoConfiguration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The catalogue as the hub starts it. */
class ModelsTest {

    private final ApplicationContextRunner hub = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
            .withBean(JdbcTemplate.class, () -> new JdbcTemplate(new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/away")))
            .withBean(ToolSettings.class, () -> new ToolSettings(4, Duration.ofSeconds(10), 8_000))
            .withBean(Clock.class, Clock::systemUTC)
            .withUserConfiguration(Models.class, Usage.class, Ledger.class, Errands.class, Think.class, ModelsHealth.class);

    @Test
    void areBeansByTheNamesOfTheirRoles() {
        try (var server = ScriptedModel.start().says("Good day.")) {
            hub.withPropertyValues("serai.models.main.base-url=" + server.url(), "serai.models.main.name=m",
                    "serai.models.legal.provider=offline")
                    .run(context -> {
                        assertThat(context.getBeansOfType(ChatModel.class)).containsOnlyKeys("main", "small", "legal");
                        assertThat(context.getBean("small", ChatModel.class).chat("Hi")).isEqualTo("Good day.");
                        assertThat(context.getBean(Models.class).isOffline("main")).isFalse();
                        assertThat(context.getBean(Models.class).isOffline("legal")).isTrue();
                    });
        }
    }

    @Test
    void areOfflineWithoutAnySetting() {
        hub.run(context -> {
            assertThat(context.getBean(Models.class).isOffline("small")).isTrue();
            assertThat(context.getBean(ModelsHealth.class).health().getStatus().getCode()).isEqualTo("UP");
            assertThat(context.getBean(Models.class).describe()).containsKeys("main", "small");
        });
    }

    @Test
    void haveRoomForAQuestionThatAnyOfThemMayBeAsked() {
        String away = "http://127.0.0.1:1";
        hub.withPropertyValues("serai.models.main.base-url=" + away, "serai.models.main.name=m", "serai.models.main.fallback=spare,none",
                "serai.models.spare.base-url=" + away, "serai.models.spare.name=s", "serai.models.spare.window=8192",
                "serai.models.none.provider=offline", "serai.models.none.window=4096")
                .run(context -> {
                    Models models = context.getBean(Models.class);
                    assertThat(models.leastWindow("small")).isEqualTo(8_192);
                    assertThat(models.leastWindow("none")).isEqualTo(4_096);
                    assertThat(models.window("main")).isEqualTo(128_000);
                });
    }

    @Test
    void doNotStartWithASettingThatMakesNoSense() {
        hub.withPropertyValues("serai.models.main.provider=offline", "serai.models.main.fallback=nobody").run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessage("serai.models.main.fallback names 'nobody', but there is no serai.models.nobody"));
        hub.withPropertyValues("serai.models.main.provider=offline", "serai.models.main.attempts=0")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("attempts"));
        hub.withPropertyValues("serai.models.modelsHealthIndicator.provider=offline")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("cannot have this name"));
    }
}
