package io.serai.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.serai.think.Models;
import org.springframework.stereotype.Component;

/** What the page says about itself before anybody has said anything. */
@Component
class About {

    private static final String OFFLINE = "No language model is connected yet. Answers quote what was said here before.";

    private final WebChatSettings settings;
    private final Models models;

    About(WebChatSettings settings, Models models) {
        this.settings = settings;
        this.models = models;
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
        return new Sign(settings.title(), settings.greeting(), models.isOffline("main") ? OFFLINE : null, settings.maxLength());
    }
}
