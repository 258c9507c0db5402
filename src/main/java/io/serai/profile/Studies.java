package io.serai.profile;

import io.serai.message.Message;
import io.serai.message.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How far each conversation was read for the profile. */
@Repository
class Studies {

    /** So many messages are read at once; what is left is read next time. */
    static final int MOST = 40;

    private static final int LONGEST = 6_000;

    /** So many characters of a longer message are read from its beginning, the others from its end: there stand promises and who signs. */
    private static final int BEGINNING = 4_200;

    /** Neither a word nor a figure, which would count as said. */
    private static final String LEFT_OUT = "\n[...]\n";

    /** @param failures attempts at what follows that failed */
    record Progress(long learnedTo, int failures) {}

    private final JdbcClient jdbc;

    Studies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Progress progress(long conversationId) {
        return jdbc.sql("select learned_to, failures from study where conversation_id = :conversation")
                .param("conversation", conversationId)
                .query(Progress.class)
                .optional()
                .orElse(new Progress(0, 0));
    }

    /**
     * What was said after a message and was no command, up to another one; of a long message the beginning and the end, without half a figure. What a
     * wrong date has come from the future was said when it came.
     */
    List<Message> unread(long contactId, long conversationId, long since, long upTo) {
        return jdbc.sql("""
                select id, role,
                       case when length(text) <= :longest then text
                            else regexp_replace(left(text, :beginning), '\\d[\\d .,]*$', '') || :leftOut || regexp_replace(right(text, :end), '^[\\d .,]+', '')
                       end as text,
                       (select least(message.said_at, stored_at) from message where message.id = talk.id) as said_at
                from talk
                where contact_id = :contact and conversation_id = :conversation and id > :since and id <= :upTo
                  and (role = 'user' and text !~ '^/[^[:space:][:digit:][:punct:]]+(\\s|$)' or role = 'assistant' and not command and not apology)
                order by id
                limit :most
                """)
                .param("contact", contactId)
                .param("conversation", conversationId)
                .param("since", since)
                .param("upTo", upTo)
                .param("longest", LONGEST)
                .param("beginning", BEGINNING)
                .param("leftOut", LEFT_OUT)
                .param("end", LONGEST - BEGINNING - LEFT_OUT.length())
                .param("most", MOST)
                .query(Studies::message)
                .list();
    }

    /** Notes why what was said could not be read now; it is read again with the next turn, however often that takes. */
    void postponed(long conversationId, String why) {
        failed(conversationId, why, 0);
    }

    /** Notes an attempt at these very messages that failed; after some of them, they are read by rules. */
    void failed(long conversationId, String why) {
        failed(conversationId, why, 1);
    }

    /** Whether a model that plays this role answered anybody since what is to be read here failed the last time; of all calls the last thousand tell. */
    boolean isAnsweredElsewhere(long conversationId, String role) {
        return jdbc.sql("""
                select exists (select from study, (select role, outcome, called_at from model_call order by id desc limit 1000) as call
                               where conversation_id = :conversation and error is not null
                                 and role = :role and outcome = 'ok' and called_at > tried_at)
                """)
                .param("conversation", conversationId)
                .param("role", role)
                .query(Boolean.class)
                .single();
    }

    /** Takes the next step of the reading: false when somebody else has read it in the meantime. */
    boolean advance(long conversationId, long since, long upTo) {
        return jdbc.sql("""
                insert into study as present (conversation_id, learned_to, tried_at) values (:conversation, :upTo, now())
                on conflict (conversation_id) do update set learned_to = :upTo, failures = 0, error = null, tried_at = now()
                where present.learned_to = :since
                """)
                .param("conversation", conversationId)
                .param("since", since)
                .param("upTo", upTo)
                .update() == 1;
    }

    private void failed(long conversationId, String why, int times) {
        jdbc.sql("""
                insert into study as present (conversation_id, failures, error, tried_at) values (:conversation, :times, :error, now())
                on conflict (conversation_id) do update set failures = present.failures + :times, error = :error, tried_at = now()
                """)
                .param("conversation", conversationId)
                .param("times", times)
                .param("error", why)
                .update();
    }

    private static Message message(ResultSet row, int number) throws SQLException {
        return new Message(row.getLong("id"), Role.of(row.getString("role")), row.getString("text"), List.of(),
                row.getObject("said_at", OffsetDateTime.class).toInstant());
    }
}
