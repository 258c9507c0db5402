package io.serai.work;

import io.serai.database.Bell;
import io.serai.message.Lease;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The lanes: which conversation has work waiting in which queue, and who is at it. All times are the database's, so that the clocks of several
 * hubs need not agree.
 *
 * <p>A lane is locked before it is freed, and freed by a later statement: work that is put while a worker finishes is either seen by the worker
 * or sees that the worker is gone.
 */
@Repository
public class Lanes {

    private final JdbcClient jdbc;
    private final Bell bell;

    /** Who we are in {@code lane.owner}: another start of the hub is somebody else. */
    private final String owner = UUID.randomUUID().toString();

    Lanes(JdbcClient jdbc, Bell bell) {
        this.jdbc = jdbc;
        this.bell = bell;
    }

    /**
     * Puts work at the end of a conversation's lane; it is done once the transaction around it has committed.
     *
     * @param delay how long it must wait at least
     */
    @Transactional
    public void put(Queue queue, long conversationId, long subjectId, Duration delay) {
        jdbc.sql("""
                insert into work (queue, conversation_id, subject_id, due_at)
                values (:queue, :conversation, :subject, clock_timestamp() + :delay * interval '1 millisecond')
                """)
                .param("queue", queue.word())
                .param("conversation", conversationId)
                .param("subject", subjectId)
                .param("delay", delay.toMillis())
                .update();
        // Work that is taken together is due with the first of it; otherwise it waits behind what is there.
        jdbc.sql("""
                insert into lane as present (queue, conversation_id, due_at)
                values (:queue, :conversation, clock_timestamp() + :delay * interval '1 millisecond')
                on conflict (queue, conversation_id) do update
                set due_at = case when present.owner is not null then present.due_at
                                  when :together then least(present.due_at, excluded.due_at)
                                  else coalesce(present.due_at, excluded.due_at) end
                """)
                .param("queue", queue.word())
                .param("conversation", conversationId)
                .param("delay", delay.toMillis())
                .param("together", queue.together())
                .update();
        bell.ring(topic(queue), String.valueOf(delay.toMillis()));
    }

    /** Takes lanes whose time has come, the longest waiting first, and counts the attempt before any work is done. */
    List<Claim> claim(Queue queue, int most, Duration lease) {
        Map<Lane, List<Claim.Piece>> claims = new LinkedHashMap<>();
        jdbc.sql("""
                with ready as (
                    select conversation_id from lane
                    where queue = :queue and due_at <= now()
                    order by due_at
                    limit :most
                    for update skip locked
                ), taken as (
                    update lane set epoch = epoch + 1, owner = :owner, due_at = now() + :lease * interval '1 millisecond'
                    from ready
                    where lane.queue = :queue and lane.conversation_id = ready.conversation_id
                    returning lane.conversation_id, epoch
                ), counted as (
                    update work set attempts = attempts + 1, epoch = taken.epoch
                    from taken
                    where work.queue = :queue and work.conversation_id = taken.conversation_id
                      and (:together or work.id = (select min(first.id) from work first
                                                   where first.queue = :queue and first.conversation_id = taken.conversation_id))
                    returning work.id, work.conversation_id, subject_id, attempts
                )
                select conversation_id, epoch, subject_id, attempts
                from taken left join counted using (conversation_id)
                order by conversation_id, id
                """)
                .param("queue", queue.word())
                .param("most", most)
                .param("owner", owner)
                .param("lease", lease.toMillis())
                .param("together", queue.together())
                .query((ResultSet row) -> gather(row, claims));
        return claims.entrySet().stream().map(claim -> claim.getKey().claim(queue, claim.getValue())).toList();
    }

    private record Lane(long conversationId, long epoch) {

        Claim claim(Queue queue, List<Claim.Piece> pieces) {
            int attempt = pieces.stream().mapToInt(Claim.Piece::attempts).max().orElse(1);
            return new Claim(new Lease(queue.word(), conversationId, epoch, attempt), List.copyOf(pieces));
        }
    }

    private static void gather(ResultSet row, Map<Lane, List<Claim.Piece>> claims) throws SQLException {
        var lane = new Lane(row.getLong("conversation_id"), row.getLong("epoch"));
        var pieces = claims.computeIfAbsent(lane, first -> new ArrayList<>());
        long subject = row.getLong("subject_id");
        if (!row.wasNull()) {
            pieces.add(new Claim.Piece(subject, row.getInt("attempts")));
        }
    }

    /**
     * Ends the work of a lease as done; belongs into the transaction that writes its outcome.
     *
     * @throws LeaseLost when somebody else has the lane by now
     */
    @Transactional
    public void finish(Lease lease) {
        hold(lease);
        jdbc.sql("delete from work where queue = :queue and conversation_id = :conversation and epoch = :epoch")
                .param("queue", lease.queue())
                .param("conversation", lease.conversationId())
                .param("epoch", lease.epoch())
                .update();
        free(lease);
    }

    /**
     * Ends some of the work of a lease; the rest is due again, as if it had not been taken.
     *
     * @throws LeaseLost when somebody else has the lane by now
     */
    @Transactional
    public void finish(Lease lease, List<Long> subjects) {
        hold(lease);
        jdbc.sql("""
                with done as (
                    delete from work
                    where queue = :queue and conversation_id = :conversation and epoch = :epoch and subject_id = any (:subjects)
                )
                update work set attempts = attempts - 1
                where queue = :queue and conversation_id = :conversation and epoch = :epoch and subject_id <> all (:subjects)
                """)
                .param("queue", lease.queue())
                .param("conversation", lease.conversationId())
                .param("epoch", lease.epoch())
                .param("subjects", subjects.toArray(Long[]::new))
                .update();
        free(lease);
    }

    /** Gives up the lease and has the work tried again later. */
    @Transactional
    void retry(Lease lease, Duration delay, boolean counts, String error) {
        hold(lease);
        jdbc.sql("""
                update work
                set due_at = clock_timestamp() + :delay * interval '1 millisecond', attempts = attempts - :uncounted, error = :error
                where queue = :queue and conversation_id = :conversation and epoch = :epoch
                """)
                .param("queue", lease.queue())
                .param("conversation", lease.conversationId())
                .param("epoch", lease.epoch())
                .param("delay", delay.toMillis())
                .param("uncounted", counts ? 0 : 1)
                .param("error", error)
                .update();
        free(lease);
    }

    /** Whether the lease is still ours. */
    boolean holds(Lease lease) {
        return jdbc.sql("""
                select exists (select from lane where queue = :queue and conversation_id = :conversation
                               and epoch = :epoch and owner is not null)
                """)
                .param("queue", lease.queue())
                .param("conversation", lease.conversationId())
                .param("epoch", lease.epoch())
                .query(Boolean.class)
                .single();
    }

    /** Prolongs those of the leases that are still ours; returns how many that are. */
    int prolong(Queue queue, Collection<Lease> leases, Duration lease) {
        return jdbc.sql("""
                update lane set due_at = clock_timestamp() + :lease * interval '1 millisecond'
                from unnest(:conversations::bigint[], :epochs::bigint[]) as held (conversation_id, epoch)
                where queue = :queue and owner = :owner
                  and lane.conversation_id = held.conversation_id and lane.epoch = held.epoch
                """)
                .param("lease", lease.toMillis())
                .param("conversations", leases.stream().map(Lease::conversationId).toArray(Long[]::new))
                .param("epochs", leases.stream().map(Lease::epoch).toArray(Long[]::new))
                .param("queue", queue.word())
                .param("owner", owner)
                .update();
    }

    /** How long until there is work again, as far as is known now; negative when there is some. */
    Optional<Duration> nextDue(Queue queue) {
        return jdbc.sql("select extract(epoch from min(due_at) - clock_timestamp()) * 1000 from lane where queue = :queue")
                .param("queue", queue.word())
                .query(Double.class)
                .optional()
                .map(millis -> Duration.ofMillis((long) Math.ceil(millis)));
    }

    /** Ends every lease there is: right only where no other hub can be, as with the embedded database. */
    public int endAllLeases() {
        return jdbc.sql("update lane set owner = null, due_at = now(), epoch = epoch + 1 where owner is not null").update();
    }

    private void hold(Lease lease) {
        jdbc.sql("""
                select 1 from lane
                where queue = :queue and conversation_id = :conversation and epoch = :epoch and owner is not null
                for update
                """)
                .param("queue", lease.queue())
                .param("conversation", lease.conversationId())
                .param("epoch", lease.epoch())
                .query(Integer.class)
                .optional()
                .orElseThrow(() -> new LeaseLost(lease));
    }

    private void free(Lease lease) {
        Queue queue = Queue.of(lease.queue());
        jdbc.sql("""
                update lane set owner = null,
                    due_at = (select due_at from work where queue = :queue and conversation_id = :conversation order by %s limit 1)
                where queue = :queue and conversation_id = :conversation
                returning extract(epoch from due_at - clock_timestamp()) * 1000
                """.formatted(queue.together() ? "due_at" : "id"))
                .param("queue", lease.queue())
                .param("conversation", lease.conversationId())
                .query(Double.class)
                .optional()
                .ifPresent(millis -> bell.ring(topic(queue), String.valueOf(Math.max(0, (long) Math.ceil(millis)))));
    }

    /** The bell that rings when work is put, with the milliseconds until it is due. */
    static String topic(Queue queue) {
        return "work:" + queue.word();
    }
}
