package io.serai.slack;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/** The workspaces this hub is installed in, by name; the name is the account in addresses and messages, so it should stay what it is. */
@Validated
@ConfigurationProperties("serai")
record SlackSettings(@DefaultValue Map<String, @Valid Account> slack) {

    /**
     * @param token of the bot, {@code xoxb-...}; without one the workspace is off. Never shown, never logged, as the two that follow
     * @param signingSecret by which Slack signs the events it posts to {@code /hooks/slack/events}; without one none are taken there
     * @param appToken {@code xapp-...}: events come by Socket Mode, over a connection that the hub opens
     * @param baseUrl of the Web API; left out, {@code https://slack.com/api/}
     * @param timeout of a call
     * @param attachmentLimit the largest file that is fetched
     * @param patience how long there may be no sign of life before a Socket Mode connection is made anew
     * @param reconnect the longest wait between two attempts to connect
     */
    record Account(
            String token,
            String signingSecret,
            String appToken,
            URI baseUrl,
            @NotNull @DefaultValue("10s") Duration timeout,
            @NotNull @DefaultValue("20MB") DataSize attachmentLimit,
            @NotNull @DefaultValue("60s") Duration patience,
            @NotNull @DurationMin(millis = 100) @DefaultValue("30s") Duration reconnect) {

        Account {
            token = told(token);
            signingSecret = told(signingSecret);
            appToken = told(appToken);
            baseUrl = baseUrl == null || baseUrl.toString().isBlank() ? SLACK : baseUrl;
        }

        private static final URI SLACK = URI.create("https://slack.com/api/");

        private static String told(String text) {
            return text == null || text.isBlank() ? null : text.strip();
        }

        /** Where a method is called; a server alone is understood as its {@code /api/}. */
        URI method(String name) {
            String path = baseUrl.getPath() == null || baseUrl.getPath().length() < 2 ? "/api/" : baseUrl.getPath().replaceFirst("/?$", "/");
            return baseUrl.resolve(path + name);
        }

        /** Without any secret. */
        @Override
        public String toString() {
            return "Slack at " + baseUrl + " (token " + (token == null ? "missing" : "given") + ")";
        }
    }
}
