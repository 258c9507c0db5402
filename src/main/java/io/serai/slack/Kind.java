package io.serai.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** What an event is to us. */
enum Kind {
    MESSAGE,
    EDIT,
    /** Said by a program, us among them: who answers programs talks for ever. */
    BOT,
    /** Not a message: somebody joined, a message was deleted, an emoji was added. */
    OTHER;

    /** Subtypes of messages that people wrote. */
    private static final Set<String> WRITTEN = Set.of("", "file_share", "thread_broadcast", "me_message");

    static Kind of(JsonNode event, String self) {
        String type = event.path("type").asText();
        String subtype = event.path("subtype").asText();
        if (!type.equals("message") && !type.equals("app_mention")) {
            return OTHER;
        }
        if (subtype.equals("message_changed")) {
            return edit(event, self);
        }
        if (subtype.equals("bot_message") || isOfBot(event, self)) {
            return BOT;
        }
        return WRITTEN.contains(subtype) && isWhole(event) ? MESSAGE : OTHER;
    }

    private static Kind edit(JsonNode event, String self) {
        JsonNode message = event.path("message");
        if (isOfBot(message, self)) {
            return BOT;
        }
        // Slack also tells of a change when it has added the preview of a link.
        boolean reworded = !message.path("text").asText().equals(event.at("/previous_message/text").asText());
        return WRITTEN.contains(message.path("subtype").asText()) && reworded && message.path("ts").isTextual() ? EDIT : OTHER;
    }

    private static boolean isOfBot(JsonNode message, String self) {
        return message.hasNonNull("bot_id") || message.path("user").asText().equals(self) || message.path("user").asText().equals("USLACKBOT");
    }

    private static boolean isWhole(JsonNode event) {
        return event.path("user").isTextual() && event.path("channel").isTextual() && event.path("ts").asText().matches("\\d{1,12}\\.\\d{1,9}");
    }
}
