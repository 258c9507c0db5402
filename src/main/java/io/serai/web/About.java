package io.serai.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** What the page says about itself before anybody has said anything. */
@Component
class About {

    private static final String OFFLINE = "No language model is connected yet. Answers quote what was said here before.";

    private final WebChatSettings settings;
    private final Environment environment;

    About(WebChatSettings settings, Environment environment) {
        this.settings = settings;
        this.environment = environment;
    }

    /**
     * The sign over the door.
     *
     * @param notice what a visitor should know, or null
     * @param maxLength the longest message, in characters
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Sign(String title, String greeting, String notice, int maxLength) {}

    Sign sign() {
        return new Sign(settings.title(), settings.greeting(), isOffline() ? OFFLINE : null, settings.maxLength());
    }

    /** By the rule of the catalogue of models: what names no provider, address or key is offline. */
    private boolean isOffline() {
        String provider = setting("provider");
        return provider.isEmpty() ? setting("base-url").isEmpty() && setting("api-key").isEmpty() : provider.equalsIgnoreCase("offline");
    }

    private String setting(String key) {
        return environment.getProperty("serai.models.main." + key, "").strip();
    }
}
