package io.serai.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in a chat an answer belongs; as the thread of a message it is written {@code <topic>/<message>}.
 *
 * @param topic the topic of a forum (message_thread_id), or 0
 * @param message the message that is answered, or 0 where the answer stands for itself, as in a talk of two
 */
record Spot(long topic, long message) {

    private static final Pattern WRITTEN = Pattern.compile("(\\d{0,18})/(\\d{0,18})");

    static Spot of(JsonNode message, boolean group) {
        long topic = message.path("is_topic_message").asBoolean() ? message.path("message_thread_id").asLong() : 0;
        return new Spot(topic, group ? message.path("message_id").asLong() : 0);
    }

    /** Reads it; what was not written here is nowhere in particular. */
    static Spot of(String thread) {
        Matcher written = WRITTEN.matcher(thread == null ? "" : thread);
        return written.matches() ? new Spot(number(written.group(1)), number(written.group(2))) : new Spot(0, 0);
    }

    private static long number(String digits) {
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    /** As the thread of a message, or null when it is nowhere in particular. */
    String thread() {
        return topic == 0 && message == 0 ? null : (topic == 0 ? "" : topic) + "/" + (message == 0 ? "" : message);
    }

    /** As parameters of sendMessage; an answer to a message that was deleted meanwhile is sent nevertheless. */
    Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>();
        if (topic != 0) {
            parameters.put("message_thread_id", topic);
        }
        if (message != 0) {
            parameters.put("reply_parameters", Map.of("message_id", message, "allow_sending_without_reply", true));
        }
        return parameters;
    }
}
