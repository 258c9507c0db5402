package io.serai.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.message.Circumstances;
import io.serai.message.Inbound;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.springframework.http.HttpStatus;

/** Reads the message in a request for a completion; says clearly what we do not take. */
final class CompletionWish {

    private static final String NOBODY_IN_PARTICULAR = "default";
    private static final int LONGEST_USER = 255;

    private CompletionWish() {}

    /**
     * @param account the name of the token
     * @param id the client's own id of the request, which is the user's and nobody else's; or null
     */
    static Inbound read(Completion.Request request, String account, String id, Instant now) {
        if (request.messages() == null || request.messages().isEmpty()) {
            throw refused("messages must have at least one message.");
        }
        if (request.n() != null && request.n() != 1) {
            throw refused("n must be 1: there is one answer to a message.");
        }
        Completion.Said last = request.messages().getLast();
        if (last == null || !"user".equals(last.role())) {
            throw refused("The last of the messages must have the role user: it is the message; the hub remembers the others by itself.");
        }
        String handle = handle(request.user());
        // The user is part of the id, so that nobody's message can pass for somebody else's; no key has a space in it.
        String externalId = id == null ? UUID.randomUUID().toString() : HookId.printable(id) + " " + handle;
        return new Inbound(Dictations.CHANNEL, account, handle, externalId, null, text(last.content()), List.of(), null,
                blankToNull(request.conversation()), context(request.context()), now, Circumstances.PLAIN);
    }

    private static String handle(String user) {
        if (user == null || user.isBlank()) {
            return NOBODY_IN_PARTICULAR;
        }
        if (user.length() > LONGEST_USER || user.contains("\n") || !Wording.clean(user).equals(user)) {
            throw refused("user must be one line of at most " + LONGEST_USER + " characters.");
        }
        return user;
    }

    private static String context(JsonNode context) {
        return context == null || context.isNull() ? null : context.toString();
    }

    private static String blankToNull(String key) {
        return key == null || key.isBlank() ? null : key;
    }

    private static String text(JsonNode content) {
        String text = Wording.clean(switch (content) {
            case null -> "";
            case JsonNode node when node.isNull() -> "";
            case JsonNode node when node.isTextual() -> node.asText();
            case JsonNode node when node.isArray() -> StreamSupport.stream(node.spliterator(), false)
                    .map(CompletionWish::part)
                    .collect(Collectors.joining("\n"));
            default -> throw refused("content must be a string or a list of parts.");
        });
        if (text.isBlank()) {
            throw refused("The message has no text.");
        }
        return text;
    }

    private static String part(JsonNode part) {
        if (!part.path("type").asText().equals("text") || !part.path("text").isTextual()) {
            throw refused("Parts of a message must be of type text: pictures, sounds and files are not taken here.");
        }
        return part.path("text").asText();
    }

    private static Stopped refused(String why) {
        return new Stopped(Fault.of(HttpStatus.BAD_REQUEST, why).kind("invalid"));
    }
}
