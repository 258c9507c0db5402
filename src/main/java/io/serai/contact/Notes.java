package io.serai.contact;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What operators noted about contacts. Every statement names the contact: a note of one is never found through another. */
@Repository
public class Notes {

    private static final String THEIRS = """
            (:conversation::bigint is null or exists (select from conversation where id = :conversation and conversation.contact_id = :contact))""";

    private final JdbcClient jdbc;

    Notes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In the order in which they are told, then those that are not told. */
    public List<Note> of(long contactId) {
        return of(contactId, Note.Place.START, Integer.MAX_VALUE);
    }

    /** The same from behind one of them. */
    public List<Note> of(long contactId, Note.Place after, int most) {
        return jdbc.sql("""
                select * from note
                where contact_id = :contact
                  and (not pinned, array_position(array['high', 'medium', 'low'], priority), id) > (:untold, :priority, :id)
                order by not pinned, array_position(array['high', 'medium', 'low'], priority), id
                limit :most
                """)
                .param("contact", contactId)
                .param("untold", after.untold())
                .param("priority", after.priority())
                .param("id", after.id())
                .param("most", most)
                .query(Notes::note)
                .list();
    }

    public Optional<Note> find(long contactId, long id) {
        return jdbc.sql("select * from note where contact_id = :contact and id = :id")
                .param("contact", contactId)
                .param("id", id)
                .query(Notes::note)
                .optional();
    }

    /** @return empty when there is no such contact, or the conversation is none of theirs */
    public Optional<Note> add(long contactId, Note.Draft draft, String author) {
        return bind(jdbc.sql("""
                insert into note (contact_id, conversation_id, category, content, priority, pinned, expires_at, created_by)
                select contact.id, :conversation, :category, :content, :priority, :pinned, :expires, :author from contact
                where contact.id = :contact and merged_into is null and %s
                for share of contact
                returning *
                """.formatted(THEIRS)), contactId, draft)
                .param("author", author)
                .query(Notes::note)
                .optional();
    }

    /** @return empty when it is no longer of this version, or the conversation is none of theirs */
    public Optional<Note> edit(Note seen, Note.Draft draft) {
        return bind(jdbc.sql("""
                update note set conversation_id = :conversation, category = :category, content = :content, priority = :priority, pinned = :pinned,
                                expires_at = :expires, updated_at = now(), version = version + 1
                where contact_id = :contact and id = :id and version = :version and %s
                returning *
                """.formatted(THEIRS)), seen.contactId(), draft)
                .param("id", seen.id())
                .param("version", seen.version())
                .query(Notes::note)
                .optional();
    }

    /** @return whether it was still of this version */
    public boolean delete(Note seen) {
        return jdbc.sql("delete from note where contact_id = :contact and id = :id and version = :version")
                .param("contact", seen.contactId())
                .param("id", seen.id())
                .param("version", seen.version())
                .update() == 1;
    }

    private static JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, long contactId, Note.Draft draft) {
        return statement
                .param("contact", contactId)
                .param("conversation", draft.conversationId())
                .param("category", draft.category().word())
                .param("content", draft.content())
                .param("priority", draft.priority().word())
                .param("pinned", draft.pinned())
                .param("expires", draft.expiresAt() == null ? null : draft.expiresAt().atOffset(ZoneOffset.UTC));
    }

    private static Note note(ResultSet row, int number) throws SQLException {
        return new Note(row.getLong("id"), row.getLong("contact_id"), row.getObject("conversation_id", Long.class),
                Note.Category.valueOf(row.getString("category").toUpperCase(java.util.Locale.ROOT)), row.getString("content"),
                Note.Priority.valueOf(row.getString("priority").toUpperCase(java.util.Locale.ROOT)), row.getBoolean("pinned"),
                instant(row, "expires_at"), row.getString("created_by"), instant(row, "created_at"), instant(row, "updated_at"), row.getInt("version"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
