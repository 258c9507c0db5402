package io.serai.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.contact.Contacts;
import io.serai.database.Volley;
import io.serai.message.Address;
import io.serai.message.Arrival;
import io.serai.message.Attachment;
import io.serai.message.Conversation;
import io.serai.message.Inbound;
import io.serai.message.Lease;
import io.serai.message.Line;
import io.serai.message.Message;
import io.serai.message.Post;
import io.serai.message.Reply;
import io.serai.message.Role;
import io.serai.message.Turn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All that was said, by whom and when. Nothing is ever taken out of it. */
@Repository
public class Transcript {

    /** @param written whether it was not there before */
    record Entry(long id, UUID publicId, boolean written) {}

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Clock clock;

    Transcript(JdbcClient jdbc, ObjectMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Writes what came in, once: the same id on the same channel and account finds what is there.
     *
     * @param rewords the message it is a later wording of, or null
     */
    Entry write(Arrival arrival, Long rewords) {
        return insert(arrival, rewords).or(() -> find(arrival.inbound())).orElseGet(() -> insert(arrival, rewords).orElseThrow());
    }

    private Optional<Entry> insert(Arrival arrival, Long rewords) {
        Inbound inbound = arrival.inbound();
        return jdbc.sql("""
                with entry as (
                    insert into message (conversation_id, contact_id, address_id, role, author, text, attachments,
                                         channel, account, external_id, thread, tokens, said_at, suppressed_by, held_by, rewords)
                    values (:conversation, :contact, :address, 'user', :author, :text, :attachments::jsonb,
                            :channel, :account, :external, :thread, :tokens, :said, :suppressed, :held, :rewords)
                    on conflict (channel, account, external_id) do nothing
                    returning id, public_id
                ), kept as (
                    insert into raw (message_id, sent) select id, :raw from entry where :raw::text is not null
                )
                select id, public_id, true as written from entry
                """)
                .param("suppressed", arrival.verdict().isSuppressed() ? arrival.verdict().rule() : null)
                .param("held", arrival.verdict().isWaiting() ? arrival.verdict().rule() : null)
                .param("rewords", rewords)
                .param("raw", inbound.around().raw())
                .param("conversation", arrival.conversation().id())
                .param("contact", arrival.contact().id())
                .param("address", arrival.address().id())
                .param("author", inbound.author())
                .param("text", inbound.text())
                .param("attachments", write(inbound.attachments()))
                .param("channel", inbound.channel())
                .param("account", inbound.account())
                .param("external", inbound.externalId())
                .param("thread", inbound.thread())
                .param("tokens", Cost.of(inbound.text()))
                .param("said", inbound.receivedAt().atOffset(ZoneOffset.UTC))
                .query(Entry.class)
                .optional();
    }

    private Optional<Entry> find(Inbound inbound) {
        return jdbc.sql("""
                select id, public_id, false as written from message
                where channel = :channel and account = :account and external_id = :external
                """)
                .param("channel", inbound.channel())
                .param("account", inbound.account())
                .param("external", inbound.externalId())
                .query(Entry.class)
                .optional();
    }

    /** The turn that these messages make: those of them that have no answer yet. */
    public Optional<Turn> turn(Lease lease, List<Long> messages) {
        return read(lease, "message.id = any (:subjects) and message.answer_id is null", messages.toArray(Long[]::new));
    }

    /** A reply with the turn it answered. */
    public Optional<Reply> reply(Lease lease, long replyId) {
        Optional<Turn> turn = read(lease, "message.answer_id = any (:subjects)", replyId);
        return turn.flatMap(answered -> jdbc.sql("select text, author from message where id = :id")
                .param("id", replyId)
                .query((row, number) -> new Reply(replyId, answered, null, row.getString("text"), row.getString("author")))
                .optional());
    }

    private Optional<Turn> read(Lease lease, String condition, Long... subjects) {
        List<Turn> single = jdbc.sql("""
                select message.id, message.role, message.text, message.attachments, message.said_at, message.contact_id, contact.name, contact.time_zone,
                       conversation.id as conversation_id, conversation.key, conversation.fresh_from,
                       address.id as address_id, address.channel, address.account, address.handle
                from message
                join conversation on conversation.id = message.conversation_id
                join contact on contact.id = message.contact_id
                join address on address.id = message.address_id
                where message.role = 'user' and %s
                order by message.id
                """.formatted(condition))
                .param("subjects", subjects)
                .query((row, number) -> turn(lease, row))
                .list();
        List<Message> messages = single.stream().flatMap(turn -> turn.messages().stream()).toList();
        return single.isEmpty() ? Optional.empty() : Optional.of(single.getLast().with(messages));
    }

    private Turn turn(Lease lease, ResultSet row) throws SQLException {
        return new Turn(Contacts.contact(row), Contacts.conversation(row), Contacts.address(row), List.of(message(row)), lease);
    }

    private Message message(ResultSet row) throws SQLException {
        return new Message(row.getLong("id"), Role.of(row.getString("role")), row.getString("text"), attachments(row.getString("attachments")),
                row.getObject("said_at", OffsetDateTime.class).toInstant());
    }

    /**
     * Writes a reply and, where there is one, the frame it was made in; marks the messages of its turn as answered.
     *
     * @param id is told its id
     */
    public void write(Volley volley, Reply reply, LongConsumer id) {
        Turn turn = reply.turn();
        volley.add("""
                with reply as (
                    insert into message (conversation_id, contact_id, address_id, role, author, text, channel, account, tokens, said_at)
                    select id, contact_id, :address, 'assistant', :author, :text, :channel, :account, :tokens, :said
                    from conversation where id = :conversation
                    returning id
                ), answered as (
                    update message set answer_id = reply.id from reply where message.id = any (:messages)
                )
                select id from reply
                """,
                new MapSqlParameterSource("conversation", turn.conversation().id())
                        .addValue("address", turn.address().id())
                        .addValue("author", reply.author())
                        .addValue("text", reply.text())
                        .addValue("channel", turn.address().channel())
                        .addValue("account", turn.address().account())
                        .addValue("tokens", Cost.of(reply.text()))
                        .addValue("said", clock.instant().atOffset(ZoneOffset.UTC))
                        .addValue("messages", turn.messages().stream().map(Message::id).toArray(Long[]::new)),
                written -> {
                    written.next();
                    id.accept(written.getLong(1));
                });
        if (reply.prompt() != null) {
            keepFrame(volley, reply);
        }
    }

    /** Writes a message that nobody asked for. */
    public long write(Post post, Address to) {
        return jdbc.sql("""
                insert into message (conversation_id, contact_id, address_id, role, author, text, channel, account, thread, tokens, said_at)
                select id, contact_id, :address, 'assistant', :author, :text, :channel, :account, :thread, :tokens, :said
                from conversation where id = :conversation
                returning id
                """)
                .param("conversation", post.conversationId())
                .param("address", to.id())
                .param("author", post.author())
                .param("text", post.text())
                .param("channel", to.channel())
                .param("account", to.account())
                .param("thread", post.thread())
                .param("tokens", Cost.of(post.text()))
                .param("said", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }

    /** What the model saw, and which changes of the profile it was told of: those are told once. */
    private void keepFrame(Volley volley, Reply reply) {
        volley.add("insert into frame (reply_id, prompt, attempts) values (currval('message_id_seq'), :prompt::jsonb, :attempts)",
                new MapSqlParameterSource("prompt", write(reply.prompt()))
                        .addValue("attempts", reply.turn().lease() == null ? null : reply.turn().lease().attempt()));
        String[] told = reply.prompt().layers().stream()
                .flatMap(layer -> layer.lines().stream())
                .map(Line::source)
                .filter(source -> source.startsWith("change:"))
                .toArray(String[]::new);
        if (told.length > 0) {
            volley.add("update profile_change set told_in = currval('message_id_seq') where 'change:' || id = any (:told) and contact_id = :contact",
                    new MapSqlParameterSource("told", told).addValue("contact", reply.turn().contact().id()));
        }
    }

    /** Starts a conversation over: what was said up to this message is remembered, but no longer part of the talk. */
    void startOver(Conversation conversation, long lastMessageId) {
        jdbc.sql("update conversation set fresh_from = :last where id = :conversation")
                .param("last", lastMessageId)
                .param("conversation", conversation.id())
                .update();
    }

    /** Puts a conversation of a contact away, wherever it stands: what is said next in it starts over, and what was said is remembered. */
    public boolean archive(long contactId, long conversationId) {
        return jdbc.sql("""
                update conversation set fresh_from = (select coalesce(max(id), 0) from message where conversation_id = :conversation), reactivation = null
                where id = :conversation and contact_id = :contact
                """)
                .param("conversation", conversationId)
                .param("contact", contactId)
                .update() == 1;
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalStateException("cannot be written as JSON: " + value.getClass().getSimpleName(), unwritable);
        }
    }

    private List<Attachment> attachments(String text) {
        try {
            return json.readValue(text, new TypeReference<ArrayList<Attachment>>() {});
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("attachments of a message cannot be read", unreadable);
        }
    }
}
