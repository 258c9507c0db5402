package io.serai.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.contact.Contacts;
import io.serai.message.Address;
import io.serai.message.Conversation;
import io.serai.message.Receipt;
import io.serai.message.Verdict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Looks up what became of messages. */
@Component
class Fates {

    private final JdbcClient database;
    private final ObjectMapper json;

    Fates(JdbcClient database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    Optional<Fate> find(UUID publicId) {
        return database.sql("""
                select jsonb_strip_nulls(jsonb_build_object(
                    'id', asked.public_id,
                    'state', case when letter.id is not null then 'dead'
                                  when asked.suppressed_by is not null then 'suppressed'
                                  when asked.held_by is not null then 'held'
                                  when reply.id is null then 'waiting'
                                  when parcels.sent then 'answered'
                                  else 'sending' end,
                    'rule', coalesce(asked.suppressed_by, asked.held_by),
                    'channel', asked.channel,
                    'receivedAt', asked.said_at,
                    'acceptedAt', asked.stored_at,
                    'attempts', work.attempts,
                    'error', work.error,
                    'reply', case when reply.id is not null then jsonb_build_object(
                        'text', reply.text, 'author', reply.author, 'at', reply.stored_at) end,
                    'parcels', coalesce(parcels.list, '[]'),
                    'deadLetter', case when letter.id is not null then jsonb_build_object(
                        'reason', letter.reason, 'attempts', letter.attempts,
                        'mayHaveArrived', letter.may_have_arrived, 'diedAt', letter.died_at) end))
                from message asked
                left join message reply on reply.id = asked.answer_id
                left join work on work.queue = 'turns' and work.conversation_id = asked.conversation_id and work.subject_id = asked.id
                left join lateral (
                    select bool_and(parcel.state in ('sent', 'rerouted') or counter.id is not null) as sent, array_agg(parcel.id) as ids,
                           jsonb_agg(jsonb_build_object(
                               'part', parcel.part, 'channel', address.channel, 'state', parcel.state,
                               'attempts', parcel.attempts, 'sentAt', parcel.sent_at) order by parcel.part) as list
                    from parcel
                    join address on address.id = parcel.address_id
                    left join counter on counter.parcel_id = parcel.id
                    where parcel.reply_id = reply.id
                ) parcels on true
                left join lateral (
                    select * from dead_letter
                    where dead_letter.conversation_id = asked.conversation_id and dead_letter.state <> 'replayed'
                      and (queue = 'turns' and asked.id = any (subjects) or queue = 'parcels' and parcels.ids && subjects)
                    order by id desc
                    limit 1
                ) letter on true
                where asked.public_id = :id and asked.role = 'user'
                """)
                .param("id", publicId)
                .query((row, number) -> read(row.getString(1)))
                .optional();
    }

    /** The receipt of a message once more, for the hook it came through. */
    Optional<Receipt> receipt(String hook, UUID publicId) {
        return database.sql("""
                select message.id, public_id, message.contact_id, contact.name, contact.time_zone,
                       address_id, address.channel, address.account, address.handle, conversation_id, key, fresh_from,
                       suppressed_by, held_by
                from message
                join contact on contact.id = message.contact_id
                join address on address.id = message.address_id
                join conversation on conversation.id = message.conversation_id
                where public_id = :id and role = 'user'
                  and (message.channel = :channel and message.account = :hook or starts_with(external_id, :mark))
                """)
                .param("id", publicId)
                .param("channel", Hook.CHANNEL)
                .param("hook", hook)
                .param("mark", Hook.mark(hook))
                .query((row, number) -> new Receipt(
                        row.getLong("id"),
                        row.getObject("public_id", UUID.class),
                        Contacts.contact(row),
                        new Address(row.getLong("address_id"), row.getString("channel"), row.getString("account"), row.getString("handle")),
                        new Conversation(row.getLong("conversation_id"), row.getString("key"), row.getLong("fresh_from")),
                        true,
                        verdict(row)))
                .optional();
    }

    private static Verdict verdict(ResultSet row) throws SQLException {
        if (row.getString("suppressed_by") != null) {
            return Verdict.suppressed(row.getString("suppressed_by"));
        }
        return row.getString("held_by") == null ? Verdict.ANSWERED : Verdict.waiting(row.getString("held_by"));
    }

    private Fate read(String text) {
        try {
            return json.readValue(text, Fate.class);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("a fate cannot be read", unreadable);
        }
    }
}
