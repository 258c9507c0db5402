package io.serai.memory;

import io.serai.message.Message;
import io.serai.message.Role;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The transcript as the search over everything that was ever said sees it; {@code memory/layers/recall.sql} reads it. */
@Repository
class Recollections {

    /** After a pause of this much a new sitting begins; V10__recall.sql has it too. */
    private static final String PAUSE = "6 hours";

    /** Characters of which words are kept. */
    private static final int READ = 100_000;

    /** @param text what can be found: of a command only what stands behind it */
    record Recollection(long messageId, String text, List<String> tags, float[] embedding) {}

    private final JdbcClient jdbc;

    Recollections(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What was said in a conversation since it was last looked at, up to a message: also what got no answer, and the mark of a compaction. What commands
     * were answered is left out, and so are apologies.
     */
    List<Message> missing(long conversation, long upTo) {
        return jdbc.sql("""
                with since as (select coalesce(max(message_id), 0) as id from recollection where conversation_id = :conversation)
                select talk.id, role, text, said_at from talk, since
                where conversation_id = :conversation and talk.id > since.id and talk.id <= :to and (role = 'user' or not command) and not apology
                union all
                select message.id, role, text, said_at from message, since
                where conversation_id = :conversation and message.id > since.id and message.id <= :to and role = 'system'
                order by id
                """)
                .param("conversation", conversation)
                .param("to", upTo)
                .query((row, number) -> new Message(row.getLong("id"), Role.of(row.getString("role")), row.getString("text"), List.of(),
                        row.getTimestamp("said_at").toInstant()))
                .list();
    }

    /** Adds messages, oldest first and each once. The time is when it was said, not now; words are kept stemmed and as they were written. */
    @Transactional
    void add(List<Recollection> said) {
        said.stream().limit(1).forEach(first -> hold(first.messageId()));
        said.forEach(this::add);
    }

    /**
     * From here to the end of the transaction its contact is neither merged nor parted (Merges), nor is a message of theirs worded anew (Wordings): whoever
     * did so before is seen by what follows.
     */
    private void hold(long message) {
        jdbc.sql("""
                select from contact join conversation on contact.id = conversation.contact_id join message on conversation.id = conversation_id
                where message.id = :message
                for key share of contact, conversation
                """)
                .param("message", message)
                .query(row -> {});
    }

    /** Who wrote a reply is a name only when a person did, not a model or the hub itself. */
    private void add(Recollection recollection) {
        String read = recollection.text().substring(0, Math.min(recollection.text().length(), READ));
        jdbc.sql("""
                with said as (
                    select message.*, case when role = 'user' then coalesce(author, contact.name)
                                           when frame.reply_id is null and author ~ '^[[:upper:]]' then author end as speaker,
                           :spaced || to_char(said_at at time zone 'UTC', ' FMMonth YYYY YYYY-MM-DD') as words
                    from message join contact on contact.id = contact_id left join frame on reply_id = message.id
                    where message.id = :message and forgotten_at is null
                    for share of message
                ), added as (
                    insert into recollection (message_id, contact_id, conversation_id, place, sitting, role, speaker, said_at, size, tags, stage, topic,
                                              signs, planes)
                    select said.id, said.contact_id, said.conversation_id, coalesce(before.place, 0) + 1,
                           case when said.said_at - before.said_at <= :pause::interval then before.sitting else said.id end,
                           said.role, said.speaker, said.said_at, :size, :tags,
                           known.stage, known.topic, left(:planes, :axes)::bit varying, substr(:planes, :axes + 1)::bit varying
                    from said left join lateral (
                        select place, sitting, said_at from recollection
                        where conversation_id = said.conversation_id and message_id < said.id
                        order by message_id desc limit 1
                    ) as before on true
                    cross join (
                        select max(value) filter (where path = 'stage') as stage, max(value) filter (where path = 'last_topic') as topic
                        from profile_fact, said where profile_fact.contact_id = said.contact_id and path in ('stage', 'last_topic') and deleted_by is null
                    ) as known
                    on conflict (message_id) do nothing
                    returning contact_id, conversation_id, place, speaker
                ), held as (
                    insert into recollection_word as known (conversation_id, word, chunk, places)
                    select distinct added.conversation_id, lexeme, place / 512, array[place]
                    from added, said, unnest(tsvector_to_array(to_tsvector('english', words) || to_tsvector('simple', words)) || :pieces) as lexeme
                    on conflict (conversation_id, word, chunk) do update set places = known.places || excluded.places
                )
                insert into speaker (contact_id, name) select contact_id, left(speaker, 200) from added where speaker is not null on conflict do nothing
                """)
                .param("message", recollection.messageId())
                .param("spaced", Unspaced.without(read))
                .param("pieces", Unspaced.pieces(read).toArray(String[]::new))
                .param("size", read.codePointCount(0, read.length()))
                .param("tags", recollection.tags().toArray(String[]::new))
                .param("planes", Planes.of(recollection.embedding()))
                .param("axes", recollection.embedding().length)
                .param("pause", PAUSE)
                .update();
    }
}
