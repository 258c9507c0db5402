package io.serai.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.contact.Contacts;
import io.serai.message.Attachment;
import io.serai.message.Circumstances;
import io.serai.message.Inbound;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Reads the message in an update. */
@Component("readUpdate")
class ReadUpdate {

    private static final Set<String> MESSAGES = Set.of("message", "edited_message");

    private final Bots bots;
    private final Contacts contacts;

    ReadUpdate(Bots bots, Contacts contacts) {
        this.bots = bots;
        this.contacts = contacts;
    }

    /** @throws NotForUs when there is none in it */
    public Inbound readUpdate(Update update) {
        if (!MESSAGES.contains(update.kind())) {
            throw new NotForUs(update.kind().replace('_', '-'), "no message but a " + update.kind());
        }
        JsonNode message = update.content();
        if (!message.path("message_id").isIntegralNumber() || !message.path("chat").path("id").isIntegralNumber() || !message.path("date").isIntegralNumber()) {
            throw new NotForUs("unreadable", "a message without id, chat or date");
        }
        move(update.bot(), message);
        Bot bot = bots.get(update.bot());
        boolean group = !message.path("chat").path("type").asText().equals("private");
        String text = new Said(message, bot.username(), group ? Said.author(message) : null).text();
        var files = Enclosed.in(message);
        if (text.isBlank() && files.isEmpty()) {
            throw new NotForUs("service-message", "a message that says nothing");
        }
        return inbound(bot, update, group, text, files);
    }

    private static Inbound inbound(Bot bot, Update update, boolean group, String text, List<Attachment> files) {
        JsonNode message = update.content();
        boolean edited = update.kind().equals("edited_message");
        String handle = message.path("chat").path("id").asText();
        String id = handle + ":" + message.path("message_id").asText();
        boolean addressed = !group || bot.settings().groups() == TelegramSettings.Groups.ALWAYS || new Addressed(bot.id(), bot.username()).by(message);
        return new Inbound(
                Bots.CHANNEL,
                bot.name(),
                handle,
                edited ? id + ":" + update.id() : id, // of an edit that comes twice, the update is the same
                Said.author(message),
                text,
                files,
                Spot.of(message, group).thread(),
                null,
                Instant.ofEpochSecond(message.path(edited && message.has("edit_date") ? "edit_date" : "date").asLong()),
                new Circumstances(true, group, addressed, edited ? id : null, rule(message), update.json().toString()));
    }

    /** The rule by which it must not be answered, or null. An anonymous admin speaks by a bot in the name of a chat. */
    private static String rule(JsonNode message) {
        if (message.path("is_automatic_forward").asBoolean()) {
            return "automatic-forward";
        }
        if (message.path("location").has("live_period") && message.has("edit_date")) {
            return "live-location";
        }
        boolean bot = message.path("from").path("is_bot").asBoolean() && !message.has("sender_chat");
        return bot ? "from-a-bot" : null;
    }

    /** A group that becomes a supergroup has another id from then on; both say so to each other. */
    private void move(String bot, JsonNode message) {
        String here = message.path("chat").path("id").asText();
        if (message.path("migrate_to_chat_id").isIntegralNumber()) {
            contacts.moved(Bots.CHANNEL, bot, here, message.path("migrate_to_chat_id").asText());
        } else if (message.path("migrate_from_chat_id").isIntegralNumber()) {
            contacts.moved(Bots.CHANNEL, bot, message.path("migrate_from_chat_id").asText(), here);
        }
    }
}
