package io.serai.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Optional;

/**
 * Something that Telegram tells a bot (Bot API, Update), as it came.
 *
 * @param bot the name of the bot
 */
record Update(String bot, JsonNode json) {

    /** Grows from update to update; 0 when it has none, as no update of the real Bot API. */
    long id() {
        return json.path("update_id").asLong();
    }

    /** What it tells of: {@code message}, {@code callback_query} ...; the one field beside the id. */
    String kind() {
        Iterator<String> fields = json.fieldNames();
        while (fields.hasNext()) {
            String field = fields.next();
            if (!field.equals("update_id")) {
                return field;
            }
        }
        return "nothing";
    }

    /** What it carries. */
    JsonNode content() {
        return json.path(kind());
    }

    /** The chat it belongs to, in which order matters. */
    String chat() {
        return content().path("chat").path("id").asText();
    }

    /** The chat that it was before it grew, where this tells so. */
    Optional<String> formerChat() {
        return Optional.of(content().path("migrate_from_chat_id")).filter(JsonNode::isIntegralNumber).map(JsonNode::asText);
    }

    /** The chat that it has become, where this tells so. */
    Optional<String> laterChat() {
        return Optional.of(content().path("migrate_to_chat_id")).filter(JsonNode::isIntegralNumber).map(JsonNode::asText);
    }

    /** For errors and logs, which tell no words of anybody. */
    @Override
    public String toString() {
        return "Update[bot=%s]".formatted(bot);
    }
}
