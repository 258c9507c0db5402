package io.serai.contact;

import io.serai.contact.Merges.Merge;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What was found out while two contacts were one: what can be recalled, and what was learned. */
@Repository
class Findings {

    private final JdbcClient jdbc;

    Findings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Messages are found in another conversation, by meaning and by words: they come last there, and what was read of them has been read. */
    @Transactional(propagation = Propagation.MANDATORY)
    void move(long was, long now, List<Long> messages) {
        jdbc.sql("""
                with moved as (
                    select message_id, place, min(message_id) over (partition by sitting) as sitting,
                           (select coalesce(max(place), 0) from recollection where conversation_id = :now) + row_number() over (order by message_id)::int as next
                    from recollection where conversation_id = :was and message_id = any (:messages)
                ), words as (
                    insert into recollection_word as known (conversation_id, word, chunk, places)
                    select :now, word, next / 512, array_agg(next order by next)
                    from recollection_word cross join lateral unnest(places) as held join moved on moved.place = held
                    where conversation_id = :was
                    group by word, next / 512
                    on conflict (conversation_id, word, chunk) do update set places = known.places || excluded.places
                ), left_behind as (
                    update recollection_word set places = array(select held from unnest(places) as held where held not in (select place from moved))
                    where conversation_id = :was and places && array(select place from moved)
                )
                update recollection set conversation_id = :now, contact_id = (select contact_id from conversation where id = :now),
                    place = next, sitting = moved.sitting
                from moved
                where recollection.message_id = moved.message_id
                """)
                .param("was", was)
                .param("now", now)
                .param("messages", messages.toArray(Long[]::new))
                .update();
        jdbc.sql("delete from recollection_word where conversation_id = :was and places = '{}'").param("was", was).update();
        jdbc.sql("""
                insert into study as present (conversation_id, learned_to)
                select :now, max(message) from study, unnest(:messages::bigint[]) as message
                where conversation_id = :was and message <= learned_to
                having max(message) is not null
                on conflict (conversation_id) do update set learned_to = greatest(present.learned_to, excluded.learned_to)
                """)
                .param("was", was)
                .param("now", now)
                .param("messages", messages.toArray(Long[]::new))
                .update();
    }

    /**
     * What messages brought into the context of a talk goes with them. Of the names they touched, the talk they leave knows what the messages that stay
     * say: what an operator has said of these is lost with it.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void divideContext(long was, long now, List<Long> messages) {
        jdbc.sql("""
                with gone as (
                    select message_id, patch from context_patch where message_id = any (:messages)
                ), touched as (
                    select distinct name from gone cross join lateral jsonb_object_keys(patch) as name
                ), stays as (
                    select merge_patches(patch order by message_id) as said from context_patch join message on id = message_id
                    where conversation_id = :was
                )
                update conversation
                set context = case id
                    when :now then merge_patch(context, (select merge_patches(patch order by message_id) from gone))
                    else context - array(select name from touched)
                         || (select coalesce(jsonb_object_agg(name, value), '{}')
                             from stays cross join lateral jsonb_each(said) as entry (name, value) where name in (select name from touched)) end
                where id in (:was, :now) and exists (select from gone)
                """)
                .param("was", was)
                .param("now", now)
                .param("messages", messages.toArray(Long[]::new))
                .update();
    }

    /**
     * What each said is known of each. Where the words of the one replaced what the other had said, that holds again, if it stands in a message of
     * theirs; that it changed is no longer told, since it would tell the one what the other said.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void part(Merge merge) {
        keepRevived(merge);
        restore(merge);
        jdbc.sql("delete from profile_change using message where profile_change.contact_id = :kept and message.id = message_id and stored_at >= :merged_at")
                .param("kept", merge.keptId())
                .param("merged_at", merge.mergedAt())
                .update();
        // What they had before and what they said since: the latter is newer.
        jdbc.sql("""
                delete from profile_fact using profile_fact newer join message on message.id = newer.message_id
                where profile_fact.contact_id = :merged and newer.contact_id = :kept and message.contact_id = :merged and newer.path = profile_fact.path
                  and newer.deleted_by is null and profile_fact.deleted_by is null
                  and (newer.path not like '%[]' or lower(newer.value) = lower(profile_fact.value))
                """)
                .param("kept", merge.keptId())
                .param("merged", merge.mergedId())
                .update();
        jdbc.sql("""
                delete from profile_fact using profile_fact known, message
                where profile_fact.contact_id = :kept and message.id = profile_fact.message_id and message.contact_id = :merged
                  and known.contact_id = :merged and known.path = profile_fact.path and lower(known.value) = lower(profile_fact.value)
                """)
                .param("kept", merge.keptId())
                .param("merged", merge.mergedId())
                .update();
    }

    /** Who said again what the other had said, knows it from their own words; unless they know something else. */
    @Transactional(propagation = Propagation.MANDATORY)
    void keepRepeated(Merge merge) {
        jdbc.sql("""
                with repeated as (
                    update profile_fact set again_id = null from message again
                    where again.id = again_id and again.contact_id <> profile_fact.contact_id and profile_fact.contact_id in (:kept, :merged)
                    returning again.contact_id as who, path, value, again.id as said, told_by, again.said_at, deleted_by
                )
                insert into profile_fact (contact_id, path, value, message_id, told_by, learned_at)
                select who, path, value, said, told_by, said_at from repeated
                where deleted_by is null
                  and (path like '%[]'
                       or not exists (select from profile_fact known
                                      where known.contact_id = who and known.path = repeated.path and known.deleted_by is null))
                on conflict do nothing
                """)
                .param("kept", merge.keptId())
                .param("merged", merge.mergedId())
                .update();
    }

    /** What the one had taken out and the other one has said since, which is what they know. */
    private void keepRevived(Merge merge) {
        jdbc.sql("""
                update profile_fact set contact_id = :kept from message
                where message.id = message_id and message.contact_id = :kept and profile_fact.contact_id = :merged and stored_at >= :merged_at
                """)
                .param("kept", merge.keptId())
                .param("merged", merge.mergedId())
                .param("merged_at", merge.mergedAt())
                .update();
    }

    private void restore(Merge merge) {
        jdbc.sql("""
                insert into profile_fact (contact_id, path, value, message_id, told_by, learned_at)
                select distinct on (path) :kept::bigint, path, was, said.id, 'rules', said.said_at
                from profile_change join message because on because.id = profile_change.message_id
                cross join lateral (
                    select id, said_at from message
                    where contact_id = :kept and role = 'user' and id < because.id and strpos(lower(text), lower(was)) > 0
                    order by id desc limit 1
                ) as said
                where profile_change.contact_id = :kept and because.contact_id = :merged and because.stored_at >= :merged_at and path not like '%[]'
                  and not exists (select from profile_fact left join message on message.id = message_id
                                  where profile_fact.contact_id = :kept and profile_fact.path = profile_change.path and deleted_by is null
                                    and message.contact_id is distinct from :merged)
                order by path, said.id desc
                on conflict (contact_id, path, lower(value)) do nothing
                """)
                .param("kept", merge.keptId())
                .param("merged", merge.mergedId())
                .param("merged_at", merge.mergedAt())
                .update();
    }
}
