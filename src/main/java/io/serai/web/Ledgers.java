package io.serai.web;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Looks up all that happened to a message, as one JSON document: everything is in the tables of the work, nothing is kept twice. */
@Component
class Ledgers {

    private final JdbcClient database;

    Ledgers(JdbcClient database) {
        this.database = database;
    }

    /** A message's turn is all messages that the same reply answered. */
    Optional<String> find(UUID publicId) {
        return database.sql("""
                with asked as (
                    select *, to_jsonb(message) as row from message where public_id = :id and role = 'user'
                ), turn as (
                    select id from message where answer_id = (select answer_id from asked) union select id from asked
                ), calls as (
                    select * from model_call where message_id in (select id from turn)
                ), sent as (
                    select parcel.*, address.channel, address.account, address.handle from parcel join address on address.id = address_id
                    where reply_id = (select answer_id from asked)
                ), letters as (
                    select * from dead_letter
                    where conversation_id = (select conversation_id from asked)
                      and (queue = 'turns' and subjects && (select array_agg(id) from turn)
                           or queue = 'parcels' and subjects && (select array_agg(id) from sent)
                           or queue = 'reflections' and (select answer_id from asked) = any (subjects))
                )
                select jsonb_strip_nulls(jsonb_build_object(
                    'message', public_id,
                    'channel', asked.channel,
                    'account', nullif(asked.account, ''),
                    'externalId', external_id,
                    'contact', asked.contact_id,
                    'conversation', conversation_id,
                    'receivedAt', said_at,
                    'acceptedAt', stored_at,
                    'suppressedBy', asked.row ->> 'suppressed_by',
                    'heldBy', asked.row ->> 'held_by',
                    'turn', jsonb_build_object(
                        'messages', (select count(*) from turn),
                        'waiting', (select jsonb_build_object('attempts', attempts, 'dueAt', due_at, 'error', error)
                                    from work where queue = 'turns' and work.conversation_id = asked.conversation_id and subject_id = asked.id),
                        'attempts', (select attempts from frame where reply_id = asked.answer_id)),
                    'modelCalls', (select jsonb_build_object(
                        'count', count(*), 'tokensIn', coalesce(sum(tokens_in), 0), 'tokensOut', coalesce(sum(tokens_out), 0), 'cost', coalesce(sum(cost), 0),
                        'calls', coalesce(jsonb_agg(jsonb_build_object('role', role, 'model', model, 'provider', provider, 'tokensIn', tokens_in,
                            'tokensOut', tokens_out, 'cost', cost, 'millis', millis, 'outcome', outcome, 'at', called_at) order by called_at, id), '[]')) from calls),
                    'reply', (select jsonb_build_object('id', reply.public_id, 'author', reply.author, 'at', reply.stored_at, 'frame', frame.reply_id)
                              from message reply left join frame on frame.reply_id = reply.id where reply.id = asked.answer_id),
                    'parcels', (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'part', part, 'channel', channel, 'account', nullif(account, ''),
                        'state', state, 'attempts', attempts, 'error', error, 'begunAt', begun_at, 'providerId', provider_id,
                        'deliveredAt', sent_at) order by id), '[]') from sent),
                    'deliveredAt', (select max(sent_at) from sent having bool_and(state in ('sent', 'rerouted', 'folded')) and bool_or(state = 'sent')),
                    'deadLetters', (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'queue', queue, 'state', state, 'reason', reason,
                        'attempts', attempts, 'mayHaveArrived', may_have_arrived, 'diedAt', died_at) order by id), '[]') from letters)))
                from asked
                """)
                .param("id", publicId)
                .query(String.class)
                .optional();
    }
}
