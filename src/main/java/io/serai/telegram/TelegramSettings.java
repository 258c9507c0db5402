package io.serai.telegram;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/** The bots of this hub, by name; the name is the account in addresses and messages, so it should stay what it is. */
@Validated
@ConfigurationProperties("serai")
record TelegramSettings(@DefaultValue Map<String, @Valid Account> telegram) {

    /**
     * @param token from @BotFather; without one the bot is off. Never shown, never logged
     * @param baseUri of the Bot API; left out it is https://api.telegram.org, a server or a proxy of one's own has another
     * @param mode how updates come
     * @param url where Telegram reaches this hub, for the webhook: {@code https://hub.example.com}
     * @param secret what Telegram shows at the webhook; derived from the token when left out
     * @param groups when the bot is spoken to in a group
     * @param attachmentLimit the largest file that is fetched; bots may fetch up to 20 MB (Bot API, getFile)
     * @param poll how long Telegram holds a poll that brings nothing
     * @param timeout of a connection, and of an answer beyond what the poll takes; the files of a message have twice as long
     * @param patience how long nothing may get on before the poll is started anew
     * @param recheck how often a bot that was turned away is tried again
     */
    record Account(
            String token,
            URI baseUri,
            @NotNull @DefaultValue("polling") Mode mode,
            String url,
            String secret,
            @NotNull @DefaultValue("mention") Groups groups,
            @NotNull @DefaultValue("20MB") DataSize attachmentLimit,
            @NotNull @DurationMin(seconds = 1) @DurationMax(seconds = 50) @DefaultValue("25s") Duration poll,
            @NotNull @DurationMin(millis = 100) @DefaultValue("10s") Duration timeout,
            @NotNull @DurationMin(seconds = 1) @DefaultValue("3m") Duration patience,
            @NotNull @DurationMin(millis = 100) @DefaultValue("30s") Duration recheck) {

        Account {
            token = told(token);
            baseUri = baseUri == null ? URI.create("https://api.telegram.org") : baseUri;
            url = told(url);
            secret = told(secret);
        }

        private static String told(String text) {
            return text == null || text.isBlank() ? null : text.strip();
        }

        /** Without token and secret. */
        @Override
        public String toString() {
            return mode + " at " + baseUri + " (token " + (token == null ? "missing" : "given") + ")";
        }
    }

    enum Mode {
        POLLING,
        WEBHOOK
    }

    enum Groups {
        /** It must be mentioned or replied to. */
        MENTION,
        /** Everything is said to it; it sees everything only when @BotFather has turned its privacy mode off. */
        ALWAYS
    }
}
