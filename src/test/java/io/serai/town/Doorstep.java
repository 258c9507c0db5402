package io.serai.town;

import io.serai.message.Circumstances;
import io.serai.message.Inbound;
import io.serai.message.Receipt;
import java.util.Map;
import java.util.UUID;

/** A town that does not answer everybody: on the page strangers need a code, programs a place on the list; webhooks are open to all. */
public final class Doorstep {

    /** What a class of scenes locks that plays here. */
    public static final String LOCK = "the doorstep";

    public static final String TOKEN = "a-token-of-the-doorstep";

    private static final Town TOWN = Town.with(Map.of(
            "serai.api.token", TOKEN,
            "serai.contact.policy.web-chat", "pairing",
            "serai.contact.policy.completions", "allow-list",
            "serai.contact.operators", "webhook:boss",
            "serai.answer.debounce.webhook", "700ms"));

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(TOWN::close));
    }

    private Doorstep() {}

    public static Town town() {
        return TOWN;
    }

    /** Says something at a door that tells how it came. */
    public static Receipt says(String channel, String handle, String text, Circumstances around) {
        return says(channel, handle, UUID.randomUUID().toString(), text, around);
    }

    public static Receipt says(String channel, String handle, String id, String text, Circumstances around) {
        var inbound = Inbound.of(channel, "", handle, id, text, TOWN.clock().instant()).with(around);
        return TOWN.receives(inbound);
    }

    /** The answer to a message, once it is there. */
    public static String answer(Receipt message) {
        return TOWN.answer(message);
    }
}
