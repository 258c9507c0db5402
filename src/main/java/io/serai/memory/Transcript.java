package io.serai.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.database.Volley;
import io.serai.message.Address;
import io.serai.message.Arrival;
import io.serai.message.Conversation;
import io.serai.message.Inbound;
import io.serai.message.Line;
import io.serai.message.Message;
import io.serai.message.Post;
import io.serai.message.Refused;
import io.serai.message.Reply;
import io.serai.message.Turn;
import io.serai.think.Tokens;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All that was said, by whom and when. Nothing is ever taken out of it. */
@Repository
public class Transcript {

    /** @param written whether it was not there before */
    record Entry(long id, UUID publicId, boolean written) {}

    /**
     * A reply that was written.
     *
     * @param answers the messages it answers, oldest first, under the names that outsiders may see
     */
    public record Written(long id, List<UUID> answers) {}

    private final JdbcClient jdbc;
    private final Frames frames;
    private final ObjectMapper json;
    private final Clock clock;

    Transcript(JdbcClient jdbc, Frames frames, ObjectMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.frames = frames;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Writes what came in, once: the same id on the same channel and account finds what is there.
     *
     * @param rewords the message it is a later wording of, or null
     * @return empty when address and conversation are no longer this contact's: they were merged with somebody, or parted, since they were identified
     */
    Optional<Entry> write(Arrival arrival, Long rewords) {
        return insert(arrival, rewords).or(() -> find(arrival.inbound()));
    }

    /** The locks are those of the foreign keys; taken before, they wait for who merges contacts (Merges), and what was waited for is looked at again. */
    private Optional<Entry> insert(Arrival arrival, Long rewords) {
        Inbound inbound = arrival.inbound();
        return jdbc.sql("""
                with entry as (
                    insert into message (conversation_id, contact_id, address_id, role, author, text, attachments,
                                         channel, account, external_id, thread, tokens, said_at, suppressed_by, held_by, rewords)
                    select conversation.id, contact_id, address.id, 'user', :author, :text, :attachments::jsonb,
                           :channel, :account, :external, :thread, :tokens, :said, :suppressed, :held, :rewords::bigint
                    from address join conversation using (contact_id)
                    where contact_id = :contact and address.id = :address and conversation.id = :conversation
                    for key share
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
                .param("tokens", Tokens.in(inbound.text()))
                .param("said", inbound.receivedAt().atOffset(ZoneOffset.UTC))
                .query(Transcript::entry)
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
                .query(Transcript::entry)
                .optional();
    }

    private static Entry entry(ResultSet row, int number) throws SQLException {
        return new Entry(row.getLong("id"), row.getObject("public_id", UUID.class), row.getBoolean("written"));
    }

    /**
     * Writes a reply, what tools told for it and, where there is one, the frame it was made in; marks the messages of its turn as answered.
     *
     * @param told is told of it
     */
    public void write(Volley volley, Reply reply, Consumer<Written> told) {
        Turn turn = reply.turn();
        Uses.write(volley, reply);
        volley.add("""
                with reply as (
                    insert into message (conversation_id, contact_id, address_id, role, author, text, channel, account, tokens, said_at)
                    select conversation.id, conversation.contact_id, address.id, 'assistant', :author, :text, :channel, :account, :tokens, :said
                    from address, conversation where address.id = :address and conversation.id = :conversation
                    for key share
                    returning id
                ), answered as (
                    update message set answer_id = reply.id from reply where message.id = any (:messages) returning message.id, public_id
                )
                select id, coalesce((select array_agg(public_id order by id) from answered), '{}') from reply
                """,
                new MapSqlParameterSource("conversation", turn.conversation().id())
                        .addValue("address", turn.address().id())
                        .addValue("author", reply.author())
                        .addValue("text", reply.text())
                        .addValue("channel", turn.address().channel())
                        .addValue("account", turn.address().account())
                        .addValue("tokens", Tokens.in(reply.text()))
                        .addValue("said", clock.instant().atOffset(ZoneOffset.UTC))
                        .addValue("messages", turn.messages().stream().map(Message::id).toArray(Long[]::new)),
                written -> {
                    if (!written.next()) {
                        throw new SQLException("conversation %d or address %d is gone".formatted(turn.conversation().id(), turn.address().id()));
                    }
                    told.accept(new Written(written.getLong(1), List.of((UUID[]) written.getArray(2).getArray())));
                });
        Uses.name(volley, reply);
        if (reply.prompt() != null) {
            keepFrame(volley, reply);
        }
    }

    /**
     * Writes a message that nobody asked for.
     *
     * @throws Refused when the address is not of who the conversation is with
     */
    public long write(Post post, Address to) {
        return jdbc.sql("""
                insert into message (conversation_id, contact_id, address_id, role, author, text, channel, account, thread, tokens, said_at)
                select conversation.id, contact_id, address.id, 'assistant', :author, :text, :channel, :account, :thread, :tokens, :said
                from address join conversation using (contact_id)
                where address.id = :address and conversation.id = :conversation
                for key share
                returning id
                """)
                .param("conversation", post.conversationId())
                .param("address", to.id())
                .param("author", post.author())
                .param("text", post.text())
                .param("channel", to.channel())
                .param("account", to.account())
                .param("thread", post.thread())
                .param("tokens", Tokens.in(post.text()))
                .param("said", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .optional()
                .orElseThrow(() -> new Refused("conversation %d is not with who has the address %d".formatted(post.conversationId(), to.id())));
    }

    /** What the model saw, and which changes of the profile it was told of: those are told once. */
    private void keepFrame(Volley volley, Reply reply) {
        frames.keep(volley, reply);
        String[] told = reply.prompt().layers().stream()
                .flatMap(layer -> layer.lines().stream())
                .map(Line::source)
                .filter(source -> source.startsWith("change:"))
                .toArray(String[]::new);
        if (told.length > 0) {
            volley.add("""
                    update profile_change set told_in = reply.id from message reply
                    where reply.id = currval('message_id_seq') and 'change:' || profile_change.id = any (:told) and profile_change.contact_id = reply.contact_id
                    """, new MapSqlParameterSource("told", told));
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
                update conversation set fresh_from = (select coalesce(max(id), 0) from message where conversation_id = :conversation)
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
}
