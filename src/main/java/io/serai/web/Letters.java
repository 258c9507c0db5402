package io.serai.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Looks up dead letters. */
@Component
class Letters {

    private final JdbcClient database;

    Letters(JdbcClient database) {
        this.database = database;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Letter(
            long id,
            @Schema(description = "what it was: turns (an answer was to be found), parcels (something was to be sent), reflections") String queue,
            @Schema(description = "open waits for a person; replayed is work again; discarded") String state,
            String shape,
            String reason,
            int attempts,
            @Schema(description = "nobody knows whether it was sent: who replays it may send it twice") boolean mayHaveArrived,
            Instant diedAt,
            @Schema(description = "the message it belongs to; see GET /api/messages/{id}/ledger") UUID message,
            @Schema(description = "whose it is") Long contact,
            @Schema(description = "where it was to go, or came from") String channel) {}

    /**
     * @param parts what was to be sent; for operators
     * @param body it in its shape; for operators
     * @param trace the whole chain of what was thrown; for operators, since far sides quote what they refuse
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Whole(
            Letter letter,
            @JsonRawValue @Schema(implementation = Object.class, description = "what was to be sent, each part with its address") String parts,
            @JsonRawValue @Schema(implementation = Object.class, description = "it in its shape, as it was when it died first") String body,
            String trace,
            @JsonRawValue @Schema(implementation = Object.class, description = "what happened to it, oldest first") String stories,
            @Schema(description = "the last of its stories: grows with all that happens to it") long version) {

        Whole withoutText() {
            return new Whole(letter, null, null, null, stories, version);
        }
    }

    /** Empty words and null do not filter. */
    record Filter(String state, String queue, String channel, String reason, Long contact, UUID message) {}

    private static final String LETTER = """
            select letter.id, letter.queue, letter.state, shape, reason, letter.attempts, may_have_arrived, died_at,
                   belongs.public_id, conversation.contact_id, coalesce(goes.channel, belongs.channel) as channel
            from dead_letter letter
            join conversation on conversation.id = letter.conversation_id
            left join lateral (
                select parcel.reply_id, address.channel from parcel join address on address.id = address_id
                where letter.queue = 'parcels' and parcel.reply_id = (select reply_id from parcel first where first.id = subjects[1])
                order by parcel.state = 'dead' desc, parcel.id desc limit 1
            ) goes on true
            left join lateral (
                select public_id, message.channel from message
                where message.id = subjects[1] and letter.queue <> 'parcels' or message.id = goes.reply_id
                      or message.answer_id = coalesce(goes.reply_id, case when letter.queue = 'reflections' then subjects[1] end)
                order by message.id limit 1
            ) belongs on true
            """;

    List<Letter> list(Filter filter, long before, int most) {
        return database.sql(LETTER + """
                where letter.id < :before
                  and (:state = '' or letter.state = :state) and (:queue = '' or letter.queue = :queue)
                  and (:channel = '' or coalesce(goes.channel, belongs.channel) = :channel)
                  and (:reason = '' or strpos(lower(reason), lower(:reason)) > 0)
                  and (:contact::bigint is null or conversation.contact_id = :contact)
                  and (:message::uuid is null or belongs.public_id = :message)
                order by letter.id desc
                limit :most
                """)
                .param("before", before)
                .param("state", filter.state())
                .param("queue", filter.queue())
                .param("channel", filter.channel())
                .param("reason", filter.reason())
                .param("contact", filter.contact())
                .param("message", filter.message())
                .param("most", most)
                .query(Letters::letter)
                .list();
    }

    Optional<Whole> find(long id) {
        return database.sql(LETTER + "where letter.id = :id").param("id", id).query(Letters::letter).optional()
                .map(letter -> new Whole(letter, parts(id), body(id), trace(id), stories(id), version(id)));
    }

    private String parts(long id) {
        return database.sql("""
                select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', parcel.id, 'part', parcel.part, 'channel', channel,
                           'account', account, 'handle', handle, 'thread', parcel.thread, 'state', parcel.state, 'attempts', parcel.attempts, 'error', parcel.error,
                           'begunAt', parcel.begun_at, 'sentAt', parcel.sent_at, 'providerId', parcel.provider_id, 'text', parcel.text))
                       order by parcel.part, parcel.id)
                from dead_letter letter
                join parcel first on letter.queue = 'parcels' and first.id = subjects[1]
                join parcel on parcel.reply_id = first.reply_id
                join address on address.id = parcel.address_id
                where letter.id = :id
                """).param("id", id).query(String.class).optional().orElse(null);
    }

    private String body(long id) {
        return database.sql("select body::text from dead_letter where id = :id").param("id", id).query(String.class).optional().orElse(null);
    }

    private String trace(long id) {
        return database.sql("select trace from dead_letter where id = :id").param("id", id).query(String.class).single();
    }

    private String stories(long id) {
        return database.sql("""
                select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('event', event, 'who', who, 'reason', reason, 'attempts', attempts,
                           'mayHaveArrived', may_have_arrived, 'at', happened_at)) order by id)
                from dead_letter_story where letter_id = :id
                """).param("id", id).query(String.class).single();
    }

    private long version(long id) {
        return database.sql("select coalesce(max(id), 0) from dead_letter_story where letter_id = :id").param("id", id).query(Long.class).single();
    }

    private static Letter letter(ResultSet row, int number) throws SQLException {
        return new Letter(row.getLong("id"), row.getString("queue"), row.getString("state"), row.getString("shape"), row.getString("reason"),
                row.getInt("attempts"), row.getBoolean("may_have_arrived"), row.getObject("died_at", OffsetDateTime.class).toInstant(),
                row.getObject("public_id", UUID.class), row.getLong("contact_id"), row.getString("channel"));
    }
}
