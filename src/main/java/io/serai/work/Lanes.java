package io.serai.work;

import io.serai.database.Bell;
import io.serai.message.Lease;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What waits in the lanes of the conversations, and how it ends. All times are the database's, so that the clocks of several hubs need not agree.
 *
 * <p>A lane is locked before it is freed, and freed by a later statement: work that is put while a worker finishes is either seen by the worker
 * or sees that the worker is gone.
 */
@Repository
public class Lanes {

    private static final String HOLD = """
            select 1 from lane
            where queue = :queue and conversation_id = :conversation and epoch = :epoch and owner is not null
            for update
            """;

    private final JdbcClient jdbc;
    private final NamedParameterJdbcOperations together;
    private final Bell bell;

    private final Set<Lease> finished = ConcurrentHashMap.newKeySet();

    Lanes(JdbcClient jdbc, NamedParameterJdbcOperations together, Bell bell) {
        this.jdbc = jdbc;
        this.together = together;
        this.bell = bell;
    }

    /**
     * Puts work at the end of a conversation's lane; it is done once the transaction around it has committed.
     *
     * @param delay how long it must wait at least
     */
    @Transactional
    public void put(Queue queue, long conversationId, long subjectId, Duration delay) {
        // Work that is taken together is due with the first of it; otherwise it waits behind what is there.
        jdbc.sql("""
                with put as (
                    insert into work (queue, conversation_id, subject_id, due_at)
                    values (:queue, :conversation, :subject, clock_timestamp() + :delay * interval '1 millisecond')
                    returning due_at
                )
                insert into lane as present (queue, conversation_id, due_at)
                select :queue, :conversation, due_at from put
                on conflict (queue, conversation_id) do update
                set due_at = case when present.owner is not null then present.due_at
                                  when :together then least(present.due_at, excluded.due_at)
                                  else coalesce(present.due_at, excluded.due_at) end
                """)
                .param("queue", queue.word())
                .param("conversation", conversationId)
                .param("subject", subjectId)
                .param("delay", delay.toMillis())
                .param("together", queue.together())
                .update();
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

    /**
     * Ends the work of a lease as done; belongs into the transaction that writes its outcome.
     *
     * @throws LeaseLost when somebody else has the lane by now
     */
    @Transactional
    public void finish(Lease lease) {
        finish(lease, "true", List.of());
    }

    /**
     * Ends some of the work of a lease; the rest is due again, as if it had not been taken.
     *
     * @throws LeaseLost when somebody else has the lane by now
     */
    @Transactional
    public void finish(Lease lease, List<Long> subjects) {
        finish(lease, "subject_id = any (:subjects)", subjects);
    }

    /**
     * Ends the lease, but not the work: there is more of it to be done, at once. What was tried so far is forgotten.
     *
     * @throws LeaseLost when somebody else has the lane by now
     */
    @Transactional
    public void again(Lease lease) {
        require(lease);
        jdbc.sql("""
                update work set due_at = clock_timestamp(), attempts = 0, lapsed = 0
                where queue = :queue and conversation_id = :conversation and epoch = :epoch
                """)
                .param("queue", lease.queue())
                .param("conversation", lease.conversationId())
                .param("epoch", lease.epoch())
                .update();
        giveBack(lease);
        remember(lease);
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

    private void finish(Lease lease, String done, List<Long> subjects) {
        String taken = "queue = :queue and conversation_id = :conversation and epoch = :epoch";
        String end = """
                with done as (delete from work where %1$s and %2$s),
                     rest as (update work set attempts = attempts - 1 where %1$s and not (%2$s))
                %3$s
                """.formatted(taken, done, free(lease, "not (epoch is not distinct from :epoch and " + done + ")"));
        var parameters = new MapSqlParameterSource("subjects", subjects.toArray(Long[]::new))
                .addValue("queue", lease.queue())
                .addValue("conversation", lease.conversationId())
                .addValue("epoch", lease.epoch());
        // Two statements, so that the second sees what was put before the lane was locked; one round trip, since every turn ends three times.
        ring(lease, together.execute(HOLD + ";" + end, parameters, statement -> freed(lease, statement)));
        remember(lease);
    }

    private void remember(Lease lease) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                finished.add(lease);
            }
        });
    }

    /** Whether the work of this lease was finished here, and committed. */
    boolean isFinished(Lease lease) {
        return finished.contains(lease);
    }

    /** Called by who held the lease, when nothing is to be asked about it any more. */
    void forget(Lease lease) {
        finished.remove(lease);
    }

    /** Gives up the lease and has the work tried again later. */
    @Transactional
    void retry(Lease lease, Duration delay, boolean counts, String error) {
        require(lease);
        jdbc.sql("""
                update work
                set due_at = clock_timestamp() + :delay * interval '1 millisecond', attempts = attempts - :uncounted, lapsed = 0, error = :error
                where queue = :queue and conversation_id = :conversation and epoch = :epoch
                """)
                .param("queue", lease.queue())
                .param("conversation", lease.conversationId())
                .param("epoch", lease.epoch())
                .param("delay", delay.toMillis())
                .param("uncounted", counts ? 0 : 1)
                .param("error", error)
                .update();
        giveBack(lease);
    }

    /** Lets every lease there is be over: right only where no other hub can be, as with the embedded database. */
    public int endAllLeases() {
        return jdbc.sql("update lane set due_at = now() where owner is not null").update();
    }

    /**
     * Makes sure, until the transaction around it ends, that nobody else has the lane.
     *
     * @throws LeaseLost when somebody else has it by now
     */
    @Transactional
    public void require(Lease lease) {
        jdbc.sql(HOLD)
                .param("queue", lease.queue())
                .param("conversation", lease.conversationId())
                .param("epoch", lease.epoch())
                .query(Integer.class)
                .optional()
                .orElseThrow(() -> new LeaseLost(lease));
    }

    /** What the statements that hold a lane and free it tell; that nothing was held rolls back what was freed. */
    private static Optional<Double> freed(Lease lease, PreparedStatement statement) throws SQLException {
        statement.execute();
        if (!statement.getResultSet().next()) {
            throw new LeaseLost(lease);
        }
        statement.getMoreResults();
        ResultSet freed = statement.getResultSet();
        return freed.next() ? Optional.ofNullable(freed.getObject(1, Double.class)) : Optional.empty();
    }

    /** Gives the lane back, due when the first of what is left is due. */
    private static String free(Lease lease, String left) {
        return """
                update lane set owner = null, lapsed = 0,
                    due_at = (select due_at from work
                              where queue = :queue and conversation_id = :conversation and %s
                              order by %s limit 1)
                where queue = :queue and conversation_id = :conversation
                returning (extract(epoch from due_at - clock_timestamp()) * 1000)::float8
                """.formatted(left, Queue.of(lease.queue()).together() ? "due_at" : "id");
    }

    private void giveBack(Lease lease) {
        ring(lease, jdbc.sql(free(lease, "true"))
                .param("queue", lease.queue())
                .param("conversation", lease.conversationId())
                .query(Double.class)
                .optional());
    }

    private void ring(Lease lease, Optional<Double> millis) {
        millis.ifPresent(wait -> bell.ring(topic(Queue.of(lease.queue())), String.valueOf(Math.max(0, (long) Math.ceil(wait)))));
    }

    /** The bell that rings when work is put, with the milliseconds until it is due. */
    static String topic(Queue queue) {
        return "work:" + queue.word();
    }
}
