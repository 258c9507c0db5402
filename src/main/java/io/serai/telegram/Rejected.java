package io.serai.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.message.Later;
import java.time.Duration;
import java.util.Locale;

/** The Bot API said no ("Making requests": ok is false, with error_code, description and parameters); what was asked for surely did not happen. */
class Rejected extends RuntimeException {


    private final int code;
    private final JsonNode parameters;

    Rejected(String method, int code, String description, JsonNode parameters) {
        super("Telegram said no to %s: %d %s".formatted(method, code, description));
        this.code = code;
        this.parameters = parameters;
    }

    int code() {
        return code;
    }

    boolean says(String words) {
        return getMessage().toLowerCase(Locale.ROOT).contains(words);
    }

    /** Whether the bot itself is not let in: 401 for a revoked token, 404 for one that never was. */
    boolean isOfTheBot() {
        return code == 401 || code == 404;
    }

    /** When to come back; in a second at the earliest, whatever was said. */
    Duration retryAfter() {
        return Later.bounded(Duration.ofSeconds(Math.max(parameters.path("retry_after").asLong(), 1)));
    }

    /** The id of the supergroup that this group has become, or 0. */
    long movedTo() {
        return parameters.path("migrate_to_chat_id").asLong();
    }
}
