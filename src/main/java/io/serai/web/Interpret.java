package io.serai.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serai.message.Circumstances;
import io.serai.message.Conversation;
import io.serai.message.Inbound;
import io.serai.message.Refused;
import java.time.Clock;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Reads a message in what a foreign system sent, by the templates that its route gives: to a hook (see {@code docs/webhooks.md}), or as JSON by
 * whatever way a route has fetched it (see {@code docs/channels.md}).
 */
@Component("interpret")
class Interpret {

    private static final int LONGEST_HANDLE = 255;
    private static final Pattern NAMED = Pattern.compile("([^=]+)=(/[^|]*(?:\\|/[^|]*)*)");

    private final ObjectMapper json;
    private final Clock clock;

    Interpret(ObjectMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    /**
     * @param sent a hook, or JSON as text or as a map
     * @param channel where the answer goes: {@code webhook} lays it at the counter for the caller, any other sends it to the handle there
     * @param account which of our accounts on that channel speaks; the hooks themselves are the accounts of the channel {@code webhook}
     * @param handle template of the sender's handle on that channel
     * @param author template of the name they go by
     * @param text template of what is said
     * @param conversation template of the conversation's key, or empty to let the scope setting decide
     * @param context where what is known of that conversation stands, see {@link #context(JsonNode, String)}; or empty
     * @param id template of the message's id on that channel; a hook has its own
     * @throws Refused when there is no handle, no text or no id
     */
    public Inbound interpret(Object sent, String channel, String account, String handle, String author, String text, String conversation,
            String context, String id) {
        if (sent instanceof Hook hook) {
            return read(hook, channel, account, handle, author, text, conversation, context);
        }
        JsonNode fetched = tree(sent);
        String external = new Template(id).fillWhole(fetched)
                .orElseThrow(() -> new Refused("a message without an id might be taken twice: there is nothing at " + id));
        Inbound inbound = read(new Hook(channel, external, fetched, clock.instant()), channel, account, handle, author, text, conversation, context);
        return new Inbound(channel, account, inbound.handle(), external, inbound.author(), inbound.text(), List.of(), null, inbound.conversation(),
                inbound.context(), inbound.receivedAt(), inbound.around());
    }

    private JsonNode tree(Object sent) {
        try {
            return sent instanceof String text ? json.readTree(text) : json.valueToTree(sent);
        } catch (JsonProcessingException malformed) {
            throw new Refused("this is no JSON", malformed);
        }
    }

    private static Inbound read(Hook hook, String channel, String account, String handle, String author, String text, String conversation,
            String context) {
        boolean own = channel.equals(Hook.CHANNEL);
        return new Inbound(
                channel,
                own ? hook.name() : account,
                handle(hook, handle),
                own ? hook.id() : Hook.mark(hook.name()) + hook.id(),
                optional(hook, author),
                text(hook, text),
                List.of(),
                null,
                conversation(hook, conversation),
                context(hook.json(), context),
                hook.receivedAt(),
                Circumstances.PLAIN);
    }

    private static String handle(Hook hook, String template) {
        String handle = new Template(template).fillWhole(hook.json()).map(String::strip)
                .orElseThrow(() -> new Refused("nobody to answer: there is nothing at " + template + ". " + advice(hook)));
        if (handle.length() > LONGEST_HANDLE || !Wording.clean(handle).equals(handle) || handle.contains("\n")) {
            throw new Refused("nobody to answer: a handle is one line of at most " + LONGEST_HANDLE + " characters. " + advice(hook));
        }
        return handle;
    }

    private static String text(Hook hook, String template) {
        String text = Wording.clean(new Template(template).fill(hook.json()));
        if (text.isBlank()) {
            throw new Refused("nothing is said: there is nothing at " + template + ". " + advice(hook));
        }
        return text;
    }

    /** What names nothing goes where the scope setting says; but what was to stand by itself must not. */
    private static String conversation(Hook hook, String template) {
        String key = optional(hook, template);
        if (key == null && template.startsWith(Conversation.JOB)) {
            throw new Refused("an isolated conversation without an id: there is nothing at " + template + ". " + advice(hook));
        }
        return key;
    }

    /**
     * A pointer leads to the object itself; names with pointers make one, as {@code order=/order tier=/customer/level|/level}: what leads to nothing is
     * left out, and null stays null, which takes a name out of the context.
     */
    private static String context(JsonNode json, String places) {
        if (places.isBlank()) {
            return null;
        }
        if (places.startsWith("/")) {
            return Template.at(json, places).filter(node -> !node.isNull()).map(JsonNode::toString).orElse(null);
        }
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        for (String place : places.strip().split("\\s+")) {
            Matcher named = NAMED.matcher(place);
            if (!named.matches()) {
                throw new Refused("a context is read at a pointer, or at names with pointers as order=/order; not at " + place);
            }
            Template.at(json, named.group(2)).ifPresent(node -> context.set(named.group(1), node));
        }
        return context.isEmpty() ? null : context.toString();
    }

    private static String optional(Hook hook, String template) {
        return template.isBlank() ? null : new Template(template).fillWhole(hook.json()).map(Wording::clean).orElse(null);
    }

    private static String advice(Hook hook) {
        return "How " + hook.name() + " is read stands in routes/receive.";
    }
}
