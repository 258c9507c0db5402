package io.serai.contact;

import io.serai.contact.Merges.Merge;
import io.serai.work.Lanes;
import io.serai.work.Queue;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Two contacts again of one. What changed hands goes back; what came in the meantime goes with the message it is about, and a message goes with the
 * address it was written from or to. What was made of both together and cannot be divided is unmade: summaries, their marks in the transcript, snapshots,
 * and that one thing changed into another.
 */
@Repository
class Parting {

    /** A message that goes from one conversation to another. */
    private record Moved(long message, long was, long now) {}

    private record Way(long was, long now) {}

    private final JdbcClient jdbc;
    private final ForeignKeys keys;
    private final Couple couple;
    private final Findings findings;
    private final Lanes lanes;

    Parting(JdbcClient jdbc, ForeignKeys keys, Couple couple, Findings findings, Lanes lanes) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.couple = couple;
        this.findings = findings;
        this.lanes = lanes;
    }

    /** @param owned the columns that say whose a row is */
    @Transactional(propagation = Propagation.MANDATORY)
    void part(Merge merge, List<ForeignKey> owned) {
        // As a door does it, which writes a message and then puts it to work; a worker that takes them the other way round is tried again.
        couple.holdWhatTheyHave(merge.keptId(), merge.mergedId());
        lanes.hold(jdbc.sql("select id from conversation where contact_id = :kept").param("kept", merge.keptId()).query(Long.class).list());
        owned.forEach(key -> giveBack(merge, key));
        Map<Way, List<Long>> moved = Stream.concat(messages(merge).stream(), leftBehind(merge).stream())
                .filter(message -> message.was() != message.now())
                .collect(Collectors.groupingBy(message -> new Way(message.was(), message.now()), Collectors.mapping(Moved::message, Collectors.toList())));
        owned.forEach(key -> follow(merge, key, "conversation", "conversation_id"));
        keepQuotes(merge);
        moved.forEach(this::divide);
        findings.part(merge);
        owned.stream().filter(key -> !key.table().equals("message")).forEach(key -> follow(merge, key, "message", "message_id"));
        findings.keepRepeated(merge);
        forgetSnapshots(merge);
        couple.nameSpeakers(merge.keptId(), merge.mergedId());
        jdbc.sql("""
                update contact set name = nullif(name, lent_name), time_zone = nullif(time_zone, lent_time_zone)
                from contact_merge where contact_merge.id = :merge and contact.id = kept_id
                """)
                .param("merge", merge.id())
                .update();
        jdbc.sql("update contact set merged_into = null where id = :merged").param("merged", merge.mergedId()).update();
    }

    private void giveBack(Merge merge, ForeignKey key) {
        boolean conversation = key.table().equals("conversation");
        jdbc.sql("""
                update %1$s set contact_id = :merged %3$s
                where %2$s in (select row_id from contact_merge_row where merge_id = :merge and "table" = '%1$s')
                """.formatted(key.table(), key.rowColumn(), conversation ? ", key = regexp_replace(key, ' of contact ' || :merged || '$', '')" : ""))
                .param("merged", merge.mergedId())
                .param("merge", merge.id())
                .update();
    }

    /** One line of both, which would stand in for the profile of the one. */
    private void forgetSnapshots(Merge merge) {
        jdbc.sql("delete from snapshot where contact_id = :kept and day >= (select merged_at::date from contact_merge where id = :merge)")
                .param("kept", merge.keptId())
                .param("merge", merge.id())
                .update();
    }

    /** Messages from and to the addresses of the one who goes, with the conversation of the same key that is theirs. */
    private List<Moved> messages(Merge merge) {
        jdbc.sql("""
                insert into conversation (contact_id, key)
                select distinct :merged::bigint, key
                from message join conversation on conversation.id = message.conversation_id join address on address.id = message.address_id
                where message.contact_id = :kept and address.contact_id = :merged
                on conflict do nothing
                """)
                .param("kept", merge.keptId())
                .param("merged", merge.mergedId())
                .update();
        return jdbc.sql("""
                update message set contact_id = :merged, conversation_id = own.id
                from address, conversation present, conversation own
                where message.contact_id = :kept and address.id = message.address_id and address.contact_id = :merged
                  and present.id = message.conversation_id and own.contact_id = :merged and own.key = present.key
                returning message.id as message, present.id as was, own.id as now
                """)
                .param("kept", merge.keptId())
                .param("merged", merge.mergedId())
                .query(Moved.class)
                .list();
    }

    /** Messages from and to the addresses of the one who stays, in talks that were given back, with the conversation of the same key that is theirs. */
    private List<Moved> leftBehind(Merge merge) {
        jdbc.sql("""
                insert into conversation (contact_id, key)
                select distinct :kept::bigint, key
                from conversation join message on message.conversation_id = conversation.id join address on address.id = message.address_id
                where conversation.contact_id = :merged and message.contact_id = :kept and address.contact_id = :kept
                on conflict do nothing
                """)
                .param("kept", merge.keptId())
                .param("merged", merge.mergedId())
                .update();
        return jdbc.sql("""
                update message set conversation_id = own.id
                from address, conversation present, conversation own
                where message.contact_id = :kept and address.id = message.address_id and address.contact_id = :kept
                  and present.id = message.conversation_id and present.contact_id = :merged and own.contact_id = :kept and own.key = present.key
                returning message.id as message, present.id as was, own.id as now
                """)
                .param("kept", merge.keptId())
                .param("merged", merge.mergedId())
                .query(Moved.class)
                .list();
    }

    /** What a model saw stays what it saw, when what it was told of the other one is worded anew or erased. */
    private void keepQuotes(Merge merge) {
        jdbc.sql("""
                update frame set quoted = quotes_of(frame)
                from message reply
                where reply.id = reply_id and reply.contact_id in (:kept, :merged)
                  and exists (select from unnest(quotes) as back join message on message.id = reply_id - back where message.contact_id <> reply.contact_id)
                """)
                .param("kept", merge.keptId())
                .param("merged", merge.mergedId())
                .update();
    }

    /** What names a row of a table that is theirs again is theirs, too. */
    private void follow(Merge merge, ForeignKey owned, String parent, String column) {
        boolean names = keys.all().stream()
                .anyMatch(key -> key.table().equals(owned.table()) && key.parent().equals(parent) && key.column().equals(column));
        if (names) {
            jdbc.sql("update %1$s set contact_id = :merged where contact_id = :kept and %2$s in (select id from %3$s where contact_id = :merged)"
                    .formatted(owned.table(), column, parent))
                    .param("kept", merge.keptId())
                    .param("merged", merge.mergedId())
                    .update();
        }
    }

    private void divide(Way way, List<Long> messages) {
        findings.move(way.was(), way.now(), messages);
        findings.divideContext(way.was(), way.now(), messages);
        unmake(way.was(), messages.stream().mapToLong(Long::longValue).min().orElseThrow());
        jdbc.sql("update model_call set conversation_id = :now where message_id = any (:messages)")
                .param("now", way.now())
                .param("messages", messages.toArray(Long[]::new))
                .update();
        // What is being sent stays where its work is.
        jdbc.sql("""
                update parcel set conversation_id = :now
                where reply_id = any (:messages)
                  and not exists (select from parcel waiting join work on subject_id = waiting.id and queue = 'parcels' where waiting.reply_id = parcel.reply_id)
                """)
                .param("now", way.now())
                .param("messages", messages.toArray(Long[]::new))
                .update();
        jdbc.sql("update dead_letter set conversation_id = :now where conversation_id = :was and queue <> 'parcels' and subjects && :messages::bigint[]")
                .param("now", way.now())
                .param("was", way.was())
                .param("messages", messages.toArray(Long[]::new))
                .update();
        jdbc.sql("""
                update dead_letter set conversation_id = :now
                where conversation_id = :was and queue = 'parcels'
                  and subjects && (select array_agg(id) from parcel where reply_id = any (:messages) and conversation_id = :now)
                """)
                .param("now", way.now())
                .param("was", way.was())
                .param("messages", messages.toArray(Long[]::new))
                .update();
        lanes.move(Queue.TURNS, way.was(), way.now(), messages);
        lanes.move(Queue.REFLECTIONS, way.was(), way.now(), messages);
    }

    /** What was told in short of both: it is told anew, of each by itself. */
    private void unmake(long conversation, long first) {
        quoteAgain(conversation, first);
        jdbc.sql("delete from summary where conversation_id = :conversation and up_to >= :first")
                .param("conversation", conversation)
                .param("first", first)
                .update();
        jdbc.sql("delete from recollection using message where message_id = id and message.conversation_id = :conversation and author = 'compaction' and id > :first")
                .param("conversation", conversation)
                .param("first", first)
                .update();
        jdbc.sql("delete from message where conversation_id = :conversation and role = 'system' and author = 'compaction' and id > :first")
                .param("conversation", conversation)
                .param("first", first)
                .update();
        jdbc.sql("""
                update conversation set idle_at = null, awake = true,
                    compacted_to = least(compacted_to, (select coalesce(max(up_to), 0) from summary where conversation_id = :conversation))
                where id = :conversation
                """)
                .param("conversation", conversation)
                .update();
    }

    /** What is told in short from now on, and what a model goes on from, quote again what only the ones after them do (Summaries). */
    private void quoteAgain(long conversation, long first) {
        jdbc.sql("""
                update summary set verbatim = (
                    select coalesce(jsonb_agg(kept order by (kept ->> 'message')::bigint), '[]')
                    from (select distinct kept from summary as quoting, jsonb_array_elements(quoting.verbatim) as kept
                          where quoting.conversation_id = :conversation
                            and (quoting.id = summary.id or quoting.up_to >= :first and (kept ->> 'message')::bigint <= summary.up_to)) as quoted)
                where id in (
                    (select id from summary where conversation_id = :conversation and up_to < :first order by up_to desc, id desc limit 1)
                    union all
                    (select id from summary where conversation_id = :conversation and up_to < :first and made_by = 'model' order by up_to desc limit 1))
                """)
                .param("conversation", conversation)
                .param("first", first)
                .update();
    }
}
