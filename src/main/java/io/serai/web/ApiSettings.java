package io.serai.web;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * A token from the environment, for who starts the hub with programs already waiting for it.
 *
 * @param token at least 20 characters; none when it is not given
 * @param role what it may do
 */
@Validated
@ConfigurationProperties("serai.api")
record ApiSettings(String token, @DefaultValue("operator") @NotNull Rank role) {

    ApiSettings {
        token = token == null || token.isBlank() ? null : token;
    }

    @Override
    public String toString() {
        return "ApiSettings[token=" + (token == null ? "none" : "given") + ", role=" + role + "]";
    }
}
