package io.serai.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Tells whether something in a group is said to the bot: it replies to the bot, mentions it, or is a command with its name. */
record Addressed(long id, String username) {

    boolean by(JsonNode message) {
        JsonNode repliedTo = message.path("reply_to_message").path("from").path("id");
        if (repliedTo.asLong() == id) {
            return true;
        }
        boolean caption = !message.has("text");
        String text = message.path(caption ? "caption" : "text").asText();
        for (JsonNode entity : message.path(caption ? "caption_entities" : "entities")) {
            if (names(entity, text)) {
                return true;
            }
        }
        return false;
    }

    private boolean names(JsonNode entity, String text) {
        return switch (entity.path("type").asText()) {
            case "mention" -> part(entity, text).equalsIgnoreCase("@" + username);
            case "bot_command" -> part(entity, text).toLowerCase(Locale.ROOT).endsWith("@" + username.toLowerCase(Locale.ROOT));
            case "text_mention" -> entity.path("user").path("id").asLong() == id;
            default -> false;
        };
    }

    /** Offsets are in UTF-16 units (Bot API, MessageEntity). */
    private static String part(JsonNode entity, String text) {
        int from = entity.path("offset").asInt();
        int to = from + entity.path("length").asInt();
        return from >= 0 && from <= to && to <= text.length() ? text.substring(from, to) : "";
    }
}
