package io.serai.summary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.message.Digest;
import io.serai.message.Message;
import io.serai.message.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Summaries of conversations, and how far each is compacted. A conversation is named together with its contact. */
@Repository
class Summaries {

    /** So many messages are told in short at once; what is left, next time. */
    static final int MOST = 300;

    /** @param upTo the last message it covers */
    record Summary(String text, List<Digest.Kept> kept, long upTo) {}

    /**
     * What was said since the last compaction.
     *
     * @param keptFrom messages after this id belong to the last few turns
     * @param lastAt when the last message was said
     * @param wanted whether somebody asked for it to be told in short
     */
    record Talk(int turns, long tokens, long keptFrom, Instant lastAt, boolean wanted) {}

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Clock clock;

    Summaries(JdbcClient jdbc, ObjectMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /**
     * The last summary since {@code /new}.
     *
     * @param byModel whether one that had to do without a model is passed over: it is made again
     */
    Optional<Summary> latest(long contactId, long conversationId, boolean byModel) {
        return jdbc.sql("""
                select summary.text, summary.verbatim, summary.up_to
                from summary join conversation on conversation.id = conversation_id
                where summary.contact_id = :contact and conversation_id = :conversation and up_to > fresh_from
                  and (made_by = 'model' or not :byModel)
                order by up_to desc, summary.id desc limit 1
                """)
                .param("contact", contactId)
                .param("conversation", conversationId)
                .param("byModel", byModel)
                .query((row, number) -> new Summary(row.getString("text"), kept(row.getString("verbatim")), row.getLong("up_to")))
                .optional();
    }

    /** What was said after a message and after the last {@code /new}, in full and without commands, up to another message. */
    List<Message> since(long contactId, long conversationId, long since, long upTo) {
        return jdbc.sql("""
                select id, role, text, said_at
                from talk
                where contact_id = :contact and conversation_id = :conversation and id > greatest(:since, fresh_from) and id <= :upTo and not command
                order by id
                limit :most
                """)
                .param("contact", contactId)
                .param("conversation", conversationId)
                .param("since", since)
                .param("upTo", upTo)
                .param("most", MOST)
                .query(Summaries::message)
                .list();
    }

    Talk talk(long contactId, long conversationId, int keep) {
        return jdbc.sql("""
                with lately as (
                    select id, role, tokens, said_at from talk
                    where contact_id = :contact and conversation_id = :conversation and id > greatest(compacted_to, fresh_from) and not command
                ), oldest as (
                    select id from lately where role = 'assistant' order by id desc offset :keep - 1 limit 1
                )
                select count(*) filter (where role = 'assistant') as turns, coalesce(sum(tokens), 0) as tokens, max(said_at) as last_at,
                       coalesce((select min(message.id) - 1 from message, oldest where message.answer_id = oldest.id), 0) as kept_from,
                       coalesce((select summary_wanted from conversation where contact_id = :contact and id = :conversation), false) as wanted
                from lately
                """)
                .param("contact", contactId)
                .param("conversation", conversationId)
                .param("keep", keep)
                .query((row, number) -> new Talk(row.getInt("turns"), row.getLong("tokens"), row.getLong("kept_from"), instant(row, "last_at"),
                        row.getBoolean("wanted")))
                .single();
    }

    /** What is quoted is taken out of the summaries before: or each of a long talk would hold nearly all of it once more. */
    void write(long contactId, Digest digest, String text, List<Digest.Kept> kept, String madeBy) {
        String quoted = write(kept);
        jdbc.sql("""
                with given as (update conversation set summary_wanted = false where id = :conversation and summary_wanted)
                insert into summary (contact_id, conversation_id, text, verbatim, up_to, made_by, created_at)
                values (:contact, :conversation, :text, :verbatim::jsonb, :upTo, :madeBy, :now)
                on conflict (conversation_id, up_to, made_by) do update set text = excluded.text, verbatim = excluded.verbatim
                """)
                .param("contact", contactId)
                .param("conversation", digest.reading().conversationId())
                .param("text", text)
                .param("verbatim", quoted)
                .param("upTo", digest.reading().upTo())
                .param("madeBy", madeBy)
                .param("now", now())
                .update();
        // What a model wrote is gone on from until a model writes again.
        jdbc.sql("""
                update summary set verbatim = (
                    select coalesce(jsonb_agg(kept order by place), '[]')
                    from jsonb_array_elements(verbatim) with ordinality as quoted (kept, place)
                    where kept not in (select jsonb_array_elements(:quoted::jsonb)))
                where conversation_id = :conversation and verbatim <> '[]' and up_to between :since and :upTo
                  and up_to > (select fresh_from from conversation where id = :conversation)
                  and made_by in (:madeBy, 'extract') and (up_to, made_by) <> (:upTo, :madeBy)
                """)
                .param("quoted", quoted)
                .param("conversation", digest.reading().conversationId())
                .param("since", digest.reading().since())
                .param("upTo", digest.reading().upTo())
                .param("madeBy", madeBy)
                .update();
    }

    /** From now on the talk begins after this message; what was before stands in the summary, and in the transcript as ever. */
    void compact(long conversationId, long upTo) {
        jdbc.sql("update conversation set compacted_to = greatest(compacted_to, :upTo), compacted_at = :now where id = :conversation")
                .param("upTo", upTo)
                .param("now", now())
                .param("conversation", conversationId)
                .update();
    }

    private static Message message(ResultSet row, int number) throws SQLException {
        return new Message(row.getLong("id"), Role.of(row.getString("role")), row.getString("text"), List.of(), instant(row, "said_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private List<Digest.Kept> kept(String text) {
        try {
            return json.readValue(text, new TypeReference<List<Digest.Kept>>() {});
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("what a summary kept cannot be read", unreadable);
        }
    }

    private String write(List<Digest.Kept> kept) {
        try {
            return json.writeValueAsString(kept);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalStateException(unwritable);
        }
    }
}
