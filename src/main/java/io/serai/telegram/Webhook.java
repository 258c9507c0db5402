package io.serai.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that Telegram pushes the updates of a bot to us, and looks whether it gets through (Bot API, setWebhook and getWebhookInfo). */
final class Webhook implements Round {

    private static final Logger log = LoggerFactory.getLogger(Webhook.class);

    private final Bot bot;
    private final Clock clock;
    private boolean set;

    Webhook(Bot bot, Clock clock) {
        this.bot = bot;
        this.clock = clock;
    }

    @Override
    public Duration round() {
        String ours = bot.settings().url().replaceFirst("/+$", "") + bot.webhookPath();
        JsonNode info = bot.api().call("getWebhookInfo", Map.of());
        if (!set || !info.path("url").asText().equals(ours)) {
            // always once, since nobody can ask which secret is set
            bot.api().call("setWebhook", Map.of("url", ours, "secret_token", bot.secret(), "allowed_updates", List.of()));
            set = true;
            log.info("Bot {}: Telegram pushes its updates to {}", bot.name(), ours);
            return bot.settings().poll();
        }
        if (info.path("pending_update_count").asInt() > 0 && isTroubled(info)) {
            throw new Unreachable("%d updates wait at Telegram, which cannot reach us: %s".formatted(
                    info.path("pending_update_count").asInt(), info.path("last_error_message").asText()), false);
        }
        return bot.settings().poll();
    }

    /** Telegram tells the last error for ever; as long as it does not get through it tries again each minute. */
    private boolean isTroubled(JsonNode info) {
        Instant last = Instant.ofEpochSecond(info.path("last_error_date").asLong());
        return last.isAfter(clock.instant().minus(bot.settings().patience()));
    }
}
