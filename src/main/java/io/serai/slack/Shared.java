package io.serai.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Messages of others that somebody forwards or links to: Slack has them beside the text, among the previews of pages (attachments). */
final class Shared {

    private Shared() {}

    /**
     * What somebody says, and behind it what is passed on, quoted. A command is what it is without.
     *
     * @param readable makes Slack's way to write text readable
     */
    static String with(String words, JsonNode message, UnaryOperator<String> readable) {
        String shared = StreamSupport.stream(message.path("attachments").spliterator(), false)
                .filter(one -> one.path("is_share").asBoolean() || one.path("is_msg_unfurl").asBoolean())
                .map(one -> quote(readable.apply(one.path("author_name").asText()), readable.apply(one.path("text").asText())))
                .collect(Collectors.joining("\n\n"));
        return shared.isEmpty() || words.startsWith("/") ? words : (words + "\n\n" + shared).strip();
    }

    private static String quote(String author, String text) {
        String head = author.isBlank() ? "(forwarded)" : "(forwarded from " + author + ")";
        return text.isBlank() ? head : head + "\n" + text.lines().map(line -> "> " + line).collect(Collectors.joining("\n"));
    }
}
