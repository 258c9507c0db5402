package io.serai.slack;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.message.Attachment;
import io.serai.message.Circumstances;
import io.serai.message.Inbound;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.springframework.stereotype.Component;

/**
 * Reads a message of a person. Where it was said is the handle: a channel, or the talk of two. In a channel each thread is a conversation, and what
 * is said to us begins one.
 */
@Component("readEvent")
class ReadEvent {

    private final Workspaces workspaces;
    private final SlackThreads threads;

    ReadEvent(Workspaces workspaces, SlackThreads threads) {
        this.workspaces = workspaces;
        this.threads = threads;
    }

    public Inbound readEvent(Event event) {
        Workspace workspace = workspaces.get(event.workspace());
        String self = workspace.self().user();
        boolean edit = Kind.of(event.json(), self) == Kind.EDIT;
        JsonNode message = edit ? event.json().path("message") : event.json();
        String channel = event.json().path("channel").asText();
        String ts = message.path("ts").asText();
        String root = message.path("thread_ts").asText(ts);
        String thread = root.equals(ts) ? null : root;
        boolean group = isGroup(event.json(), channel);
        boolean addressed = !group || isAddressed(event, message, thread, self);
        String talk = thread == null && group && addressed ? ts : thread;
        String author = workspace.nameOf(message.path("user").asText()).orElse(null);
        UnaryOperator<String> readable = text -> Mrkdwn.read(text, self, workspace::nameOf);
        String words = Shared.with(readable.apply(message.path("text").asText()), message, readable);
        return new Inbound(
                Workspaces.CHANNEL,
                workspace.name(),
                channel,
                edit ? channel + ":" + ts + ":" + message.at("/edited/ts").asText(event.json().path("event_ts").asText()) : channel + ":" + ts,
                author,
                group ? told(author, words) : words,
                files(message),
                talk,
                talk == null ? null : SlackThreads.key(talk),
                instant(ts),
                around(event, edit ? channel + ":" + ts : null, group, addressed));
    }

    /** Who speaks, where several do. An order to the hub stays what it is. */
    private static String told(String author, String words) {
        return author == null || words.isBlank() || words.startsWith("/") ? words : author + ": " + words;
    }

    private static Circumstances around(Event event, String replaces, boolean group, boolean addressed) {
        return new Circumstances(true, group, addressed, replaces, null, event.json().toString());
    }

    /** Several people read it, unless it is the talk of one with us. A mention does not tell, but the id of a channel begins with a letter for it. */
    private static boolean isGroup(JsonNode event, String channel) {
        return event.has("channel_type") ? !event.path("channel_type").asText().equals("im") : !channel.startsWith("D");
    }

    private boolean isAddressed(Event event, JsonNode message, String thread, String self) {
        return event.json().path("type").asText().equals("app_mention")
                || Mrkdwn.mentions(message.path("text").asText(), self)
                || message.path("parent_user_id").asText().equals(self)
                || thread != null && threads.areWeIn(event.workspace(), event.json().path("channel").asText(), thread);
    }

    private static List<Attachment> files(JsonNode message) {
        return StreamSupport.stream(message.path("files").spliterator(), false)
                .map(file -> new Attachment(
                        file.path("name").asText("file"),
                        file.path("mimetype").asText("application/octet-stream"),
                        file.path("size").asLong(),
                        file.path("url_private_download").asText(file.path("url_private").asText(null))))
                .toList();
    }

    private static Instant instant(String ts) {
        return Instant.ofEpochMilli(new BigDecimal(ts).movePointRight(3).longValue());
    }
}
