package io.serai.web;

import io.serai.message.Circumstances;
import io.serai.message.Inbound;
import io.serai.message.Refused;
import java.util.List;
import org.springframework.stereotype.Component;

/** Reads a message in what a foreign system sent, by the templates that its route gives (see {@code docs/webhooks.md}). */
@Component("interpret")
class Interpret {

    private static final int LONGEST_HANDLE = 255;

    /**
     * @param channel where the answer goes: {@code webhook} lays it at the counter for the caller, any other sends it to the handle there
     * @param account which of our accounts on that channel speaks; the hooks themselves are the accounts of the channel {@code webhook}
     * @param handle template of the sender's handle on that channel
     * @param author template of the name they go by
     * @param text template of what is said
     * @param conversation template of the conversation's key, or empty to let the scope setting decide
     * @throws Refused when there is no handle or no text
     */
    public Inbound interpret(Hook hook, String channel, String account, String handle, String author, String text, String conversation) {
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
                optional(hook, conversation),
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

    private static String optional(Hook hook, String template) {
        return template.isBlank() ? null : new Template(template).fillWhole(hook.json()).map(Wording::clean).orElse(null);
    }

    private static String advice(Hook hook) {
        return "How hook " + hook.name() + " is read stands in routes/receive/webhook.yaml.";
    }
}
