package io.serai.web;

import io.serai.contact.Notes;
import io.serai.memory.Frames;
import io.serai.profile.Commitments;
import io.serai.profile.Profiles;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The contacts as staff see them. */
@Repository
class Dossiers {

    private static final String PERSON = """
            select contact.id, contact.name, contact.time_zone, contact.created_at, contact.merged_into, heard_at,
                   array(select channel || ':' || handle from address where contact_id = contact.id order by id) as handles,
                   case when heard_at > contact.dormant_at then null else contact.dormant_at end as dormant_at
            from contact
            left join lateral (select said_at as heard_at from message where message.contact_id = contact.id and role = 'user'
                               and conversation_id not in (select id from conversation where conversation.contact_id = contact.id and reach > 0)
                               order by message.id desc limit 1
            ) as heard on true
            """;

    /** Each kind is read by its own index and no further than the page goes: what else there is of a contact costs nothing. */
    private static final String TIMELINE = Stream.of(
                    """
                    select said_at as at, case role when 'tool' then 'tool' else 'message' end as kind, public_id::text as id,
                           case role when 'tool' then author else role end as who, channel, concat(arguments || ' -> ', text) as text, contact_id
                    from message
                    """,
                    "select created_at as at, 'remembered' as kind, id::text as id, 'contact' as who, null as channel, text, contact_id from fact",
                    "select created_at as at, 'note' as kind, id::text as id, created_by as who, null as channel, content as text, contact_id from note",
                    """
                    select learned_at as at, 'profile' as kind, id::text as id, told_by as who, null as channel, path || ': ' || value as text, contact_id
                    from profile_fact where deleted_by is null
                    """,
                    """
                    select changed_at as at, 'change' as kind, id::text as id, null as who, null as channel, path || ': ' || was || ' -> ' || now as text, contact_id
                    from profile_change
                    """,
                    "select made_at as at, 'commitment' as kind, id::text as id, who, null as channel, what as text, contact_id from commitment",
                    "select created_at as at, 'summary' as kind, id::text as id, made_by as who, null as channel, text, contact_id from summary")
            .map("""
                    (select * from (%s) as event
                     where contact_id = :contact and at <= :at and (at, kind, id) < (:at, :kind, :id)
                     order by at desc, kind desc, id desc
                     limit :most)
                    """::formatted)
            .collect(Collectors.joining(" union all ", "", " order by at desc, kind desc, id desc limit :most"));

    private final JdbcClient jdbc;
    private final Profiles profiles;
    private final Notes notes;
    private final Commitments commitments;
    private final Frames frames;

    Dossiers(JdbcClient jdbc, Profiles profiles, Notes notes, Commitments commitments, Frames frames) {
        this.jdbc = jdbc;
        this.profiles = profiles;
        this.notes = notes;
        this.commitments = commitments;
        this.frames = frames;
    }

    /**
     * Contacts whose name or one of whose handles contains the words; all when there are none. Newest first.
     *
     * @param dormant only those who are, or are not; all when it is null
     */
    List<Dossier.Person> list(String words, Boolean dormant, long before, int most) {
        return jdbc.sql(PERSON + """
                where contact.id < :before and merged_into is null
                  and (:dormant::boolean is null or (contact.dormant_at is not null and (heard_at is null or heard_at <= contact.dormant_at)) = :dormant::boolean)
                  and (:words = '' or strpos(lower(contact.name), lower(:words)) > 0
                       or exists (select from address where contact_id = contact.id and strpos(lower(handle), lower(:words)) > 0))
                order by contact.id desc
                limit :most
                """)
                .param("words", words)
                .param("dormant", dormant)
                .param("before", before)
                .param("most", most)
                .query(Dossiers::person)
                .list();
    }

    Optional<Dossier> find(long id) {
        return jdbc.sql(PERSON + "where contact.id = :contact")
                .param("contact", id)
                .query(Dossiers::person)
                .optional()
                .map(person -> new Dossier(person, addresses(id), conversations(id), profiles.of(id), notes.of(id), commitments.open(id)));
    }

    private List<Dossier.Way> addresses(long contact) {
        return jdbc.sql("""
                select id, channel, account, handle, case when unverified = '' then standing else 'unverified' end as standing, stopped_why as stopped
                from address where contact_id = :contact order by id
                """)
                .param("contact", contact)
                .query(Dossier.Way.class)
                .list();
    }

    private List<Dossier.Talk> conversations(long contact) {
        return jdbc.sql("""
                select conversation.id, key, count(message.id) as messages, max(said_at) as last_at,
                       (select text from summary where conversation_id = conversation.id order by up_to desc, id desc limit 1) as summary
                from conversation left join message on message.conversation_id = conversation.id
                where conversation.contact_id = :contact
                group by conversation.id
                order by last_at desc nulls last
                """)
                .param("contact", contact)
                .query((row, number) -> new Dossier.Talk(row.getLong("id"), row.getString("key"), row.getLong("messages"), at(row, "last_at"), row.getString("summary")))
                .list();
    }

    /** What happened with a contact before a mark, newest first. */
    List<Dossier.Event> timeline(long contact, Dossier.Mark before, int most) {
        return jdbc.sql(TIMELINE)
                .param("contact", contact)
                .param("at", before.at().atOffset(ZoneOffset.UTC))
                .param("kind", before.kind())
                .param("id", before.id())
                .param("most", most)
                .query((row, number) -> new Dossier.Event(at(row, "at"), row.getString("kind"), row.getString("id"), row.getString("who"),
                        row.getString("channel"), row.getString("text")))
                .list();
    }

    private record Written(long id, UUID publicId, String author, Instant at, long contact) {}

    /** What the model saw when it wrote a reply, or when it answered this message. */
    Optional<Dossier.Seen> seen(UUID publicId) {
        Optional<Written> reply = jdbc.sql("""
                select reply.id, reply.public_id, reply.author, reply.said_at, reply.contact_id
                from message asked join message reply on reply.id = coalesce(asked.answer_id, asked.id)
                where asked.public_id = :id
                """)
                .param("id", publicId)
                .query((row, number) -> new Written(row.getLong("id"), row.getObject("public_id", UUID.class), row.getString("author"), at(row, "said_at"),
                        row.getLong("contact_id")))
                .optional();
        return reply.flatMap(written -> frames.of(written.id())
                .map(frame -> new Dossier.Seen(written.publicId(), written.author(), written.at(), written.contact(), frame)));
    }

    private static Dossier.Person person(ResultSet row, int number) throws SQLException {
        return new Dossier.Person(row.getLong("id"), row.getString("name"), List.of((String[]) row.getArray("handles").getArray()),
                row.getString("time_zone"), at(row, "created_at"), at(row, "heard_at"), at(row, "dormant_at"), row.getObject("merged_into", Long.class));
    }

    private static Instant at(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
