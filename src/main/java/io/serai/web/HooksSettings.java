package io.serai.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The webhooks that may be called, by the name in {@code /hooks/{name}}.
 */
@Validated
@ConfigurationProperties("serai")
record HooksSettings(@DefaultValue Map<String, @Valid Hook> hooks) {

    /**
     * @param scheme how callers prove who they are
     * @param secret what they prove it with; without one the hook is off
     * @param tolerance how old a signature may be, where it says when it was made (standard-webhooks)
     */
    record Hook(@DefaultValue("standard-webhooks") @NotNull Scheme scheme, String secret, @DefaultValue("5m") @NotNull Duration tolerance) {

        Hook {
            secret = secret == null || secret.isBlank() ? null : secret;
        }

        @Override
        public String toString() {
            return scheme + " (secret " + (secret == null ? "missing" : "given") + ")";
        }
    }

    enum Scheme {
        STANDARD_WEBHOOKS,
        GITHUB,
        BEARER
    }
}
