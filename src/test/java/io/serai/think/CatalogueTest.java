package io.serai.think;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.FileSystemResource;

/** The models as a person configures them: the repository's own application.yaml, and the environment above it. */
class CatalogueTest {

    @Test
    void isOfflineWithoutAnyWord() {
        var main = catalogue(Map.of()).models().get("main");
        assertThat(main.provider()).isEqualTo(Provider.OFFLINE);
        assertThat(main.name()).isEqualTo("offline");
    }

    @Test
    void isSetByTheEnvironmentAlone() {
        var main = catalogue(Map.of(
                        "SERAI_MODELS_MAIN_BASE_URL", "http://127.0.0.1:8000/v1",
                        "SERAI_MODELS_MAIN_NAME", "qwen3",
                        "SERAI_MODELS_MAIN_API_KEY", "sk-1",
                        "SERAI_MODELS_MAIN_PRICE_IN", "0.25",
                        "SERAI_MODELS_MAIN_PRICE_OUT", "2",
                        "SERAI_MODELS_MAIN_TIMEOUT", "45s",
                        "SERAI_MODELS_MAIN_IDLE_TIMEOUT", "5s",
                        "SERAI_MODELS_MAIN_THINKING", "xhigh",
                        "SERAI_MODELS_MAIN_MAX_OUTPUT_TOKENS", "900"))
                .models().get("main");
        assertThat(main.provider()).isEqualTo(Provider.OPEN_AI);
        assertThat(main.baseUrl()).isEqualTo("http://127.0.0.1:8000/v1");
        assertThat(main.name()).isEqualTo("qwen3");
        assertThat(main.apiKey()).isEqualTo("sk-1");
        assertThat(main.priceIn()).isEqualByComparingTo("0.25");
        assertThat(main.priceOut()).isEqualByComparingTo("2");
        assertThat(main.timeout()).isEqualTo(Duration.ofSeconds(45));
        assertThat(main.idleTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(main.thinking()).isEqualTo(Thinking.XHIGH);
        assertThat(main.maxOutputTokens()).isEqualTo(900);
    }

    @Test
    void learnsANewRoleFromTheEnvironmentAlone() {
        var models = catalogue(Map.of(
                        "SERAI_MODELS_SPARE_PROVIDER", "anthropic",
                        "SERAI_MODELS_SPARE_NAME", "claude",
                        "SERAI_MODELS_SPARE_API_KEY", "sk-2",
                        "SERAI_MODELS_MAIN_FALLBACK", "spare"))
                .models();
        assertThat(models.get("spare").provider()).isEqualTo(Provider.ANTHROPIC);
        assertThat(models.get("spare").attempts()).isEqualTo(3);
        assertThat(models.get("main").fallback()).containsExactly("spare");
    }

    @Test
    void needsNoKeyForAServerOfOnesOwn() {
        var main = catalogue(Map.of("SERAI_MODELS_MAIN_BASE_URL", "http://localhost:11434/v1", "SERAI_MODELS_MAIN_NAME", "llama")).models()
                .get("main");
        assertThat(main.apiKey()).isNull();
        assertThat(FarSide.of(main).whole()).isNotNull();
    }

    @Test
    void neverShowsTheKey() {
        var catalogue = catalogue(Map.of("SERAI_MODELS_MAIN_API_KEY", "sk-very-secret", "SERAI_MODELS_MAIN_NAME", "gpt"));
        assertThat(catalogue.toString()).doesNotContain("sk-very-secret").contains("gpt");
    }

    @Test
    void refusesAnUnknownProvider() {
        refuses(Map.of("SERAI_MODELS_MAIN_PROVIDER", "openia"), "serai.models.main.provider");
    }

    @Test
    void refusesAnUnknownFallback() {
        refuses(Map.of("SERAI_MODELS_MAIN_FALLBACK", "spare"),
                "serai.models.main.fallback names 'spare', but there is no serai.models.spare");
    }

    @Test
    void refusesACircle() {
        refuses(
                Map.of("SERAI_MODELS_MAIN_FALLBACK", "spare", "SERAI_MODELS_SPARE_PROVIDER", "offline", "SERAI_MODELS_SPARE_FALLBACK",
                        "main"),
                "goes in a circle: main -> spare -> main");
    }

    @Test
    void refusesAModelWithoutAPlace() {
        refuses(Map.of("SERAI_MODELS_MAIN_NAME", "gpt"), "serai.models.main.name is given, but neither provider nor base-url nor api-key");
    }

    @Test
    void refusesAModelWithoutAName() {
        refuses(Map.of("SERAI_MODELS_MAIN_API_KEY", "sk-1"), "serai.models.main.name is missing");
    }

    @Test
    void refusesAProviderWithoutItsKey() {
        refuses(Map.of("SERAI_MODELS_MAIN_PROVIDER", "gemini", "SERAI_MODELS_MAIN_NAME", "flash"), "serai.models.main.api-key is missing");
    }

    /** As they come along when a key is copied; a header takes none of them, and what refuses it quotes the key. */
    @ParameterizedTest
    @ValueSource(strings = {"sk-very\u200bsecret", "\ufeffsk-very-secret", "sk-very\nsecret", "sk-very secret", "sk-very\u00a0secret", "sk-very\u2013secret"})
    void refusesAKeyThatIsNone(String key) {
        Map<String, Object> environment = Map.of("SERAI_MODELS_MAIN_API_KEY", key, "SERAI_MODELS_MAIN_NAME", "gpt");
        refuses(environment, "serai.models.main.api-key is no key");
        var trace = new java.io.StringWriter();
        assertThatThrownBy(() -> catalogue(environment)).satisfies(refusal -> refusal.printStackTrace(new java.io.PrintWriter(trace)));
        assertThat(trace.toString()).doesNotContain("sk-very");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-proj-A_b~1.2+3/4=", " sk-1\n", "$k:!"})
    void takesAnyKeyThatAHeaderTakes(String key) {
        assertThat(catalogue(Map.of("SERAI_MODELS_MAIN_API_KEY", key, "SERAI_MODELS_MAIN_NAME", "gpt")).models().get("main").apiKey()).isEqualTo(key.strip());
    }

    @Test
    void refusesAPriceThatIsNone() {
        refuses(Map.of("SERAI_MODELS_MAIN_PROVIDER", "offline", "SERAI_MODELS_MAIN_PRICE_CACHED", "-1"), "serai.models.main.price-cached is no price");
    }

    @Test
    void refusesAnAddressThatIsNone() {
        refuses(Map.of("SERAI_MODELS_MAIN_BASE_URL", "localhost:8000", "SERAI_MODELS_MAIN_NAME", "qwen"),
                "serai.models.main.base-url is no http");
    }

    @Test
    void refusesThoughtsFromWhoCannotThink() {
        refuses(
                Map.of("SERAI_MODELS_MAIN_PROVIDER", "mistral", "SERAI_MODELS_MAIN_NAME", "m", "SERAI_MODELS_MAIN_API_KEY", "k",
                        "SERAI_MODELS_MAIN_THINKING", "high"),
                "serai.models.main.thinking is not known to mistral");
    }

    @Test
    void buildsEveryProvider() {
        for (Provider provider : Provider.values()) {
            for (Thinking thinking : provider.canThink() ? Thinking.values() : new Thinking[] {null}) {
                var settings = new HashMap<String, Object>(Map.of(
                        "SERAI_MODELS_MAIN_PROVIDER", provider.word(), "SERAI_MODELS_MAIN_NAME", "m", "SERAI_MODELS_MAIN_API_KEY", "k",
                        "SERAI_MODELS_MAIN_BASE_URL", "http://localhost:1"));
                if (thinking != null) {
                    settings.put("SERAI_MODELS_MAIN_THINKING", thinking.name());
                }
                assertThat(FarSide.of(catalogue(settings).models().get("main")).stream()).isNotNull();
            }
        }
    }

    private static void refuses(Map<String, Object> environment, String sentence) {
        assertThatThrownBy(() -> catalogue(environment)).satisfies(refusal -> {
            var story = new StringBuilder();
            for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
                story.append(cause.getMessage()).append('\n');
            }
            assertThat(story).contains(sentence);
        });
    }

    static Catalogue catalogue(Map<String, ?> environment) {
        var sources = new MutablePropertySources();
        sources.addLast(new SystemEnvironmentPropertySource("systemEnvironment", new HashMap<>(environment)));
        try {
            List.copyOf(new YamlPropertySourceLoader().load("application.yaml", new FileSystemResource("application.yaml")))
                    .forEach(sources::addLast);
        } catch (java.io.IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
        return new Binder(ConfigurationPropertySources.from(sources)).bind("serai", Bindable.of(Catalogue.class)).get();
    }
}
