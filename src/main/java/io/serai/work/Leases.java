package io.serai.work;

import io.serai.database.Bell;
import io.serai.database.Committed;
import io.serai.database.Volley;
import io.serai.message.Lease;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * How leases end, and the work that was taken with them.
 *
 * <p>A lane is locked before it is freed, and freed by a later statement: work that is put while a worker finishes is either seen by the worker
 * or sees that the worker is gone.
 */
@Repository
public class Leases {

    private static final String TAKEN = "queue = :queue and conversation_id = :conversation and epoch = :epoch";

    private static final String FIRST_OF_ALL = "least(coalesce(min(due_at) filter (where attempts > 0), min(due_at)), min(due_at) + %s)"
            .formatted(Lanes.WITH_WHAT_FAILED);

    private final JdbcTemplate jdbc;
    private final Bell bell;

    private final Set<Lease> finished = ConcurrentHashMap.newKeySet();

    Leases(JdbcTemplate jdbc, Bell bell) {
        this.jdbc = jdbc;
        this.bell = bell;
    }

    /**
     * Makes sure, until the transaction around it ends, that nobody else has the lane.
     *
     * @throws LeaseLost when somebody else has it by now
     */
    @Transactional
    public void require(Lease lease) {
        hold(new Volley(), lease).fire(jdbc);
    }

    /**
     * Ends the work of a lease as done; belongs into the transaction that writes its outcome.
     *
     * @throws LeaseLost when somebody else has the lane by now
     */
    @Transactional
    public void finish(Lease lease) {
        var volley = new Volley();
        finish(volley, lease, "true", new MapSqlParameterSource());
        volley.fire(jdbc);
    }

    /**
     * Ends some of the work of a lease; the rest is due again, as if it had not been taken.
     *
     * @throws LeaseLost when somebody else has the lane by now
     */
    @Transactional
    public void finish(Lease lease, List<Long> subjects) {
        var volley = new Volley();
        finish(volley, lease, subjects);
        volley.fire(jdbc);
    }

    /** The same among the statements of a transaction. */
    public void finish(Volley volley, Lease lease, List<Long> subjects) {
        finish(volley, lease, "subject_id = any (:subjects)", new MapSqlParameterSource("subjects", subjects.toArray(Long[]::new)));
    }

    /**
     * The same for the work of which a condition holds.
     *
     * @param done in SQL, on {@code work}, with parameters of its own
     */
    public void finish(Volley volley, Lease lease, String done, MapSqlParameterSource parameters) {
        hold(volley, lease);
        // The second statement sees what was put before the first one had the lane.
        volley.add("""
                with done as (delete from work where %1$s and %2$s),
                     rest as (update work set attempts = attempts - 1, lapsed = 0 where %1$s and not (%2$s))
                %3$s
                """.formatted(TAKEN, done, free(lease, "not (epoch is not distinct from :epoch and " + done + ")")),
                parameters.addValues(of(lease).getValues()), ring(lease));
        remember(lease);
    }

    /**
     * Ends the lease, but not the work: there is more of it to be done, at once. What was tried so far is forgotten.
     *
     * @throws LeaseLost when somebody else has the lane by now
     */
    @Transactional
    public void again(Lease lease) {
        hold(new Volley(), lease)
                .add("update work set due_at = clock_timestamp(), attempts = 0, lapsed = 0 where " + TAKEN, of(lease))
                .add(free(lease, "true"), of(lease), ring(lease))
                .fire(jdbc);
        remember(lease);
    }

    /** Gives up the lease and has the work tried again later. */
    @Transactional
    void retry(Lease lease, Duration delay, boolean counts, String error) {
        hold(new Volley(), lease)
                .add("""
                        update work
                        set due_at = clock_timestamp() + :delay * interval '1 millisecond', attempts = attempts - :uncounted, lapsed = 0, error = :error
                        where
                        """ + TAKEN, of(lease).addValue("delay", delay.toMillis()).addValue("uncounted", counts ? 0 : 1).addValue("error", error))
                .add(free(lease, "true"), of(lease), ring(lease))
                .fire(jdbc);
    }

    /** Whether the work of this lease was finished here, and committed. */
    public boolean isFinished(Lease lease) {
        return finished.contains(lease);
    }

    /** Called by who held the lease, when nothing is to be asked about it any more. */
    void forget(Lease lease) {
        finished.remove(lease);
    }

    /** Lets every lease there is be over: right only where no other hub can be, as with the embedded database. */
    public int endAll() {
        return jdbc.update("update lane set due_at = now() where owner is not null");
    }

    private void remember(Lease lease) {
        Committed.then(() -> finished.add(lease));
    }

    /** That nothing is held ends the volley, and with it the transaction. */
    private static Volley hold(Volley volley, Lease lease) {
        return volley.add("select from lane where queue = :queue and conversation_id = :conversation and epoch = :epoch and owner is not null for update",
                of(lease), held -> {
                    if (!held.next()) {
                        throw new LeaseLost(lease);
                    }
                });
    }

    /** Gives the lane back, due when the first of what is left is due, and what is taken together by the rule of {@link Lanes#WITH_WHAT_FAILED}. */
    private static String free(Lease lease, String left) {
        boolean together = Queue.of(lease.queue()).together();
        return """
                update lane set owner = null, lapsed = 0,
                    due_at = (select %s from work where queue = :queue and conversation_id = :conversation and %s %s)
                where queue = :queue and conversation_id = :conversation
                returning (extract(epoch from due_at - clock_timestamp()) * 1000)::float8
                """.formatted(together ? FIRST_OF_ALL : "due_at", left, together ? "" : "order by id limit 1");
    }

    private Volley.Reader ring(Lease lease) {
        return freed -> {
            Double millis = freed.next() ? freed.getObject(1, Double.class) : null;
            if (millis != null) {
                bell.ring(Lanes.topic(Queue.of(lease.queue())), String.valueOf(Math.max(0, (long) Math.ceil(millis))));
            }
        };
    }

    private static MapSqlParameterSource of(Lease lease) {
        return new MapSqlParameterSource("queue", lease.queue()).addValue("conversation", lease.conversationId()).addValue("epoch", lease.epoch());
    }
}
