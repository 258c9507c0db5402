package io.serai.town;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A chat on {@link FakeTelegram}, and the people in it. */
public final class TelegramChat {

    private static final Pattern NAMED = Pattern.compile("(?<=^|\\s)([@/])\\w+(@\\w+)?");

    /**
     * @param text as it is seen, without tags
     * @param asked the parameters of sendMessage
     */
    public record Heard(long messageId, String text, JsonNode asked) {}

    private final FakeTelegram telegram;
    private final long id;
    private final String type;
    private final String name;
    private final BlockingQueue<Heard> fresh = new LinkedBlockingQueue<>();
    private final List<Heard> all = new CopyOnWriteArrayList<>();
    private volatile boolean blocked;
    private volatile long movedTo;

    TelegramChat(FakeTelegram telegram, long id, String type, String name) {
        this.telegram = telegram;
        this.id = id;
        this.type = type;
        this.name = name;
    }

    public long id() {
        return id;
    }

    public String handle() {
        return String.valueOf(id);
    }

    /** Says something and returns the id of the message. */
    public long says(String text) {
        return says(name, text, message -> {});
    }

    /** Somebody in a group says something. */
    public long says(String who, String text, Consumer<ObjectNode> more) {
        return tells("message", message(who, telegram.nextMessageId(), text, more));
    }

    public long says(String text, Consumer<ObjectNode> more) {
        return says(name, text, more);
    }

    public void edits(long messageId, String text) {
        tells("edited_message", message(name, messageId, text, message -> message.put("edit_date", Instant.now().getEpochSecond())));
    }

    /** Telegram tells of a message under this id, whether or not it has told of it before. */
    public void saysAs(long messageId, String text) {
        tells("message", message(name, messageId, text, message -> {}));
    }

    /** Sends a file, as {@code document}, {@code voice} or the like. */
    public long sends(String field, byte[] bytes, String fileName, String type, String caption) {
        ObjectNode file = FakeTelegram.JSON.createObjectNode()
                .put("file_id", telegram.keep(bytes)).put("file_size", bytes.length).put("mime_type", type).put("file_name", fileName);
        return says(null, message -> message.put("caption", caption).set(field, file));
    }

    public long sendsPhoto(byte[] bytes, String caption) {
        ArrayNode sizes = FakeTelegram.JSON.createArrayNode();
        sizes.addObject().put("file_id", telegram.keep(new byte[] {1})).put("file_size", 1);
        sizes.addObject().put("file_id", telegram.keep(bytes)).put("file_size", bytes.length);
        return says(null, message -> message.put("caption", caption).set("photo", sizes));
    }

    /** Something that is said by the bot, for a message that replies to it. */
    public JsonNode bySerai(Heard heard) {
        ObjectNode message = FakeTelegram.JSON.createObjectNode().put("message_id", heard.messageId()).put("text", heard.text());
        message.putObject("from").put("id", telegram.botId()).put("is_bot", true).put("first_name", "Serai");
        return message;
    }

    /** The group becomes a supergroup with another id. */
    public TelegramChat grows() {
        TelegramChat grown = telegram.group(name);
        movedTo = grown.id;
        return grown;
    }

    /** The service message by which the old group says so. */
    public void tellsThatItGrew() {
        says(null, message -> message.put("migrate_to_chat_id", movedTo));
    }

    /** The service message by which the new group says so. */
    public void tellsThatItWas(TelegramChat former) {
        says(null, message -> message.put("migrate_from_chat_id", former.id));
    }

    public void blocks() {
        blocked = true;
    }

    /** A message as Telegram tells of it. */
    public ObjectNode message(String who, long messageId, String text, Consumer<ObjectNode> more) {
        ObjectNode message = FakeTelegram.JSON.createObjectNode().put("message_id", messageId).put("date", Instant.now().getEpochSecond());
        message.putObject("chat").put("id", id).put("type", type).put(type.equals("private") ? "first_name" : "title", name);
        message.putObject("from").put("id", type.equals("private") ? id : Math.abs(who == null ? 1 : who.hashCode())).put("is_bot", false)
                .put("first_name", who == null ? name : who);
        if (text != null) {
            message.put("text", text);
            message.set("entities", entities(text));
        }
        more.accept(message);
        return message;
    }

    private long tells(String kind, ObjectNode message) {
        telegram.happens(kind, message);
        return message.path("message_id").asLong();
    }

    private static ArrayNode entities(String text) {
        ArrayNode entities = FakeTelegram.JSON.createArrayNode();
        Matcher named = NAMED.matcher(text);
        while (named.find()) {
            entities.addObject().put("type", named.group(1).equals("@") ? "mention" : "bot_command").put("offset", named.start())
                    .put("length", named.end() - named.start());
        }
        return entities;
    }

    void heard(Heard message) {
        all.add(message);
        fresh.add(message);
    }

    boolean isBlocked() {
        return blocked;
    }

    long movedTo() {
        return movedTo;
    }

    /** Waits for the next message of the bot. */
    public Heard hears() {
        try {
            Heard next = fresh.poll(Patience.TIME.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                throw new AssertionError(name + " heard nothing in " + Patience.TIME);
            }
            return next;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    public void hears(String text) {
        assertThat(hears().text()).isEqualTo(text);
    }

    /** Everything the bot ever said here. */
    public List<Heard> heard() {
        return all;
    }
}
