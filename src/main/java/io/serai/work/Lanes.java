package io.serai.work;

import io.serai.database.Bell;
import io.serai.database.Volley;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What waits in the lanes of the conversations. All times are the database's, so that the clocks of several hubs need not agree. */
@Repository
public class Lanes {

    private final JdbcClient jdbc;
    private final JdbcTemplate template;
    private final Bell bell;

    Lanes(JdbcClient jdbc, JdbcTemplate template, Bell bell) {
        this.jdbc = jdbc;
        this.template = template;
        this.bell = bell;
    }

    /**
     * Puts work at the end of a conversation's lane; it is done once the transaction around it has committed.
     *
     * @param delay how long it must wait at least
     */
    @Transactional
    public void put(Queue queue, long conversationId, long subjectId, Duration delay) {
        var volley = new Volley();
        put(volley, queue, conversationId, Subject.of(subjectId), delay);
        volley.fire(template);
    }

    /** The same among other statements, such as those that make the subject. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void put(Volley volley, Queue queue, long conversationId, Subject subject, Duration delay) {
        // Work that is taken together is due with the first of it; otherwise it waits behind what is there.
        volley.add("""
                with put as (
                    insert into work (queue, conversation_id, subject_id, due_at)
                    values (:queue, :conversation, coalesce(:subject, currval(:sequence::regclass)), clock_timestamp() + :delay * interval '1 millisecond')
                    returning due_at
                )
                insert into lane as present (queue, conversation_id, due_at)
                select :queue, :conversation, due_at from put
                on conflict (queue, conversation_id) do update
                set due_at = case when present.owner is not null then present.due_at
                                  when :together then least(present.due_at, excluded.due_at)
                                  else coalesce(present.due_at, excluded.due_at) end
                """,
                new MapSqlParameterSource("queue", queue.word())
                        .addValue("conversation", conversationId)
                        .addValue("subject", subject.id())
                        .addValue("sequence", subject.sequence())
                        .addValue("delay", delay.toMillis())
                        .addValue("together", queue.together()));
        bell.ring(topic(queue), String.valueOf(delay.toMillis()));
    }

    /** Whether work is still in its lane and nobody has begun it; until the transaction around this ends, nobody will. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean isWaiting(Queue queue, long conversationId, long subjectId) {
        jdbc.sql("select from lane where queue = :queue and conversation_id = :conversation for update")
                .param("queue", queue.word())
                .param("conversation", conversationId)
                .query(row -> {});
        return jdbc.sql("""
                select exists (
                    select from work join lane using (queue, conversation_id)
                    where queue = :queue and conversation_id = :conversation and subject_id = :subject
                      and (lane.owner is null or work.epoch is distinct from lane.epoch))
                """)
                .param("queue", queue.word())
                .param("conversation", conversationId)
                .param("subject", subjectId)
                .query(Boolean.class)
                .single();
    }

    /** Makes work due that waits for its next attempt, since what it waits for has come about. */
    @Transactional
    public void hurry(Queue queue, List<Long> conversations) {
        jdbc.sql("""
                with late as (
                    update work set due_at = clock_timestamp()
                    where queue = :queue and conversation_id = any (:conversations) and due_at > clock_timestamp()
                )
                update lane set due_at = clock_timestamp()
                where queue = :queue and conversation_id = any (:conversations) and owner is null and due_at > clock_timestamp()
                """)
                .param("queue", queue.word())
                .param("conversations", conversations.toArray(Long[]::new))
                .update();
        bell.ring(topic(queue), "0");
    }

    /** The bell that rings when work is put, with the milliseconds until it is due. */
    static String topic(Queue queue) {
        return "work:" + queue.word();
    }
}
