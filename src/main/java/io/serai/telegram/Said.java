package io.serai.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.message.Beginning;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What a message of Telegram says, in words: its text or caption with the addresses behind its links, what else it holds (a place, a contact ...) named,
 * and what it replies to quoted before it, so that "yes, that one" can be understood.
 */
final class Said {

    private static final int LONGEST_QUOTE = 500;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");

    private final JsonNode message;
    private final String username;
    private final String speaker;

    /**
     * @param username of the bot, without the @
     * @param speaker who says it, where more than one may; else null
     */
    Said(JsonNode message, String username, String speaker) {
        this.message = message;
        this.username = username;
        this.speaker = speaker;
    }

    /** Markdown, in as far as quotes are set off; empty when nothing is said. */
    String text() {
        String words = words(message);
        boolean forwarded = message.has("forward_origin");
        if (words.startsWith("/") && !forwarded) { // who passes on a command of somebody else has not given it
            return command(words);
        }
        String said = (forwarded ? forwarded() : "") + words;
        return clean(quoted() + (speaker == null || said.isBlank() ? "" : speaker + ": ") + said);
    }

    /** {@code /new@our_bot} is {@code /new}; the button that begins a talk is no order to the hub. */
    private String command(String words) {
        String order = words.replaceFirst("(?i)^(/\\w+)@" + Pattern.quote(username) + "(?=\\s|$)", "$1");
        if (order.matches("(?s)/start(\\s.*)?")) {
            String with = order.substring("/start".length()).strip();
            return clean(with.isEmpty() ? "(opens the chat)" : "(opens the chat by the link " + with + ")");
        }
        return clean(order);
    }

    private static String words(JsonNode message) {
        if (message.path("text").isTextual()) {
            return linked(message.path("text").asText(), message.path("entities"));
        }
        String caption = linked(message.path("caption").asText(), message.path("caption_entities"));
        return caption.isEmpty() ? described(message) : caption;
    }

    /** The address behind a link is what it says; offsets are in UTF-16 units (Bot API, MessageEntity), as in Java. */
    private static String linked(String text, JsonNode entities) {
        var linked = new StringBuilder(text);
        List<JsonNode> links = new ArrayList<>();
        entities.forEach(entity -> {
            if (entity.path("type").asText().equals("text_link")) {
                links.add(entity);
            }
        });
        links.sort(Comparator.comparingInt((JsonNode link) -> link.path("offset").asInt()).reversed());
        for (JsonNode link : links) {
            int end = link.path("offset").asInt() + link.path("length").asInt();
            if (end >= 0 && end <= text.length()) {
                linked.insert(end, " (" + link.path("url").asText() + ")");
            }
        }
        return linked.toString();
    }

    /** What can be said in a line of what is no text. */
    private static String described(JsonNode message) {
        if (message.has("sticker")) {
            return message.path("sticker").path("emoji").asText("(a sticker)");
        }
        if (message.has("venue")) {
            JsonNode venue = message.path("venue");
            return "(place: %s, %s; %s)".formatted(venue.path("title").asText(), venue.path("address").asText(), position(venue.path("location")));
        }
        if (message.has("location")) {
            return "(place: " + position(message.path("location")) + ")";
        }
        if (message.has("contact")) {
            JsonNode contact = message.path("contact");
            return "(contact: %s, %s)".formatted(name(contact), contact.path("phone_number").asText());
        }
        if (message.has("poll")) {
            JsonNode poll = message.path("poll");
            return "(poll: %s %s)".formatted(poll.path("question").asText(), StreamSupport.stream(poll.path("options").spliterator(), false)
                    .map(option -> option.path("text").asText())
                    .collect(Collectors.joining(" / ")));
        }
        return message.has("dice") ? "(%s: %d)".formatted(message.path("dice").path("emoji").asText(), message.path("dice").path("value").asInt()) : "";
    }

    private static String position(JsonNode location) {
        return location.path("latitude").asText() + ", " + location.path("longitude").asText();
    }

    private String quoted() {
        JsonNode original = message.has("reply_to_message") ? message.path("reply_to_message") : message.path("external_reply");
        String chosen = message.path("quote").path("text").asText();
        String quote = chosen.isEmpty() ? words(original) : chosen;
        if (quote.isBlank()) {
            return "";
        }
        String part = quote.length() <= LONGEST_QUOTE ? quote : Beginning.of(quote, LONGEST_QUOTE) + "...";
        String author = author(original);
        return ((author == null ? "" : author + ": ") + part).lines().map(line -> "> " + line).collect(Collectors.joining("\n")) + "\n\n";
    }

    private String forwarded() {
        JsonNode origin = message.path("forward_origin");
        String from = switch (origin.path("type").asText()) {
            case "user" -> name(origin.path("sender_user"));
            case "hidden_user" -> origin.path("sender_user_name").asText();
            case "chat" -> origin.path("sender_chat").path("title").asText();
            case "channel" -> origin.path("chat").path("title").asText();
            default -> "";
        };
        return from.isBlank() ? "(forwarded)\n" : "(forwarded from " + from + ")\n";
    }

    /** Who speaks: a person, or a group or channel that somebody speaks as; null when nobody is named. */
    static String author(JsonNode message) {
        String title = message.path("sender_chat").path("title").asText();
        String author = clean(title.isBlank() ? name(message.path("from")) : title).strip();
        return author.isEmpty() ? null : author;
    }

    private static String name(JsonNode person) {
        return (person.path("first_name").asText() + " " + person.path("last_name").asText()).strip();
    }

    /** Without control characters, of which PostgreSQL cannot keep NUL; half a surrogate pair becomes the replacement character. */
    static String clean(String text) {
        return UNPRINTABLE.matcher(text.replace("\r\n", "\n")).replaceAll("").codePoints()
                .map(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
