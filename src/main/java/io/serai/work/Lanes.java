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

    /**
     * Who writes again waits with what failed and waits for its next attempt: were that due with the newcomer, a few words would use up all its attempts
     * in a moment. But who was told to come back in hours may be let in by now, and a conversation that is silent for so long seems deaf.
     */
    static final String WITH_WHAT_FAILED = "interval '2 minutes'";

    /** Work that is taken together is due with the first of it; otherwise it waits behind what is there. */
    private static final String PUT = """
            with put as (
                insert into work (queue, conversation_id, subject_id, due_at)
                values (:queue, :conversation, coalesce(:subject, currval(:sequence::regclass)), clock_timestamp() + :delay * interval '1 millisecond')
                returning due_at
            )
            insert into lane as present (queue, conversation_id, due_at)
            select :queue, :conversation, due_at from put
            on conflict (queue, conversation_id) do update
            set due_at = case when present.owner is not null or not :together then coalesce(present.due_at, excluded.due_at)
                              when present.due_at > excluded.due_at
                                   and exists (select from work where queue = :queue and conversation_id = :conversation and attempts > 0)
                              then least(present.due_at, excluded.due_at + %s)
                              else least(present.due_at, excluded.due_at) end
            """.formatted(WITH_WHAT_FAILED);

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
        volley.add(PUT,
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

    /** Holds the lanes of these conversations: nobody takes or ends work of theirs until the transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void hold(List<Long> conversations) {
        jdbc.sql("select from lane where conversation_id = any (:conversations) order by queue, conversation_id for update")
                .param("conversations", conversations.toArray(Long[]::new))
                .query(row -> {});
    }

    /** Has work done in the lane of another conversation, and at once. Who is at it loses the lease, and what else came with it is due again. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void move(Queue queue, long from, long to, List<Long> subjects) {
        hold(List.of(from));
        List<Long> moved = jdbc.sql("delete from work where queue = :queue and conversation_id = :from and subject_id = any (:subjects) returning subject_id")
                .param("queue", queue.word())
                .param("from", from)
                .param("subjects", subjects.toArray(Long[]::new))
                .query(Long.class)
                .list();
        if (!moved.isEmpty()) {
            jdbc.sql("""
                    update lane set owner = null, epoch = epoch + 1,
                        due_at = (select min(due_at) from work where queue = :queue and conversation_id = :from)
                    where queue = :queue and conversation_id = :from
                    """)
                    .param("queue", queue.word())
                    .param("from", from)
                    .update();
            moved.stream().sorted().forEach(subject -> put(queue, to, subject, Duration.ZERO));
        }
    }

    /** The bell that rings when work is put, with the milliseconds until it is due. */
    static String topic(Queue queue) {
        return "work:" + queue.word();
    }
}
