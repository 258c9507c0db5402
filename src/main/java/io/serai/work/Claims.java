package io.serai.work;

import io.serai.database.Volley;
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
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Who is at which lane, and for how long.
 *
 * <p>A lease that ends by itself tells that a hub died or hung, not what it died of: everything it was at is taken up again, and counts no attempt.
 * What was there a second time is suspected, and each hub takes one suspect at a time: so who is innocent is soon done, and who kills is found out
 * by killing alone. Where it was a lease of ours, we live, and only the database can have been away: that weighs less ({@link Claim#DEATH}), and yet
 * something, since a message may kill that too.
 */
@Repository
class Claims {

    private static final String CLAIM = """
            with suspected as (
                select conversation_id, owner as last, %1$s as lapse, true as suspected from lane
                where queue = :queue and due_at <= now() and lapsed >= :death
                order by lapsed, due_at
                limit :suspects
                for update skip locked
            ), ready as (
                select conversation_id, owner as last, %1$s as lapse, false as suspected from lane
                where queue = :queue and due_at <= now() and lapsed < :death
                order by due_at
                limit :most - (select count(*) from suspected)
                for update skip locked
            ), dead as (
                insert into death (owner)
                select distinct last from (table ready union all table suspected) as free where lapse >= :death
                on conflict do nothing
            ), taken as (
                update lane
                set epoch = epoch + 1, owner = :owner, due_at = now() + :lease * interval '1 millisecond', lapsed = lapsed + lapse
                from (table ready union all table suspected) as free
                where lane.queue = :queue and lane.conversation_id = free.conversation_id
                returning lane.conversation_id, epoch, lapse, suspected
            ), counted as (
                update work set attempts = attempts + (case when work.epoch = taken.epoch - 1 and lapse > 0 then 0 else 1 end),
                    lapsed = work.lapsed + (case when work.epoch = taken.epoch - 1 then lapse else 0 end), epoch = taken.epoch
                from taken
                where work.queue = :queue and work.conversation_id = taken.conversation_id
                  and (:together or work.id = (select min(first.id) from work first
                                               where first.queue = :queue and first.conversation_id = taken.conversation_id))
                returning work.id, work.conversation_id, subject_id, attempts, work.lapsed
            )
            select conversation_id, epoch, subject_id, attempts, counted.lapsed, suspected
            from taken left join counted using (conversation_id)
            order by conversation_id, id
            """.formatted("case when owner is null then 0 when owner = :owner then 1 else :death end");

    private final JdbcClient jdbc;
    private final JdbcTemplate template;

    /** Who we are in {@code lane.owner}: another start of the hub is somebody else. */
    private final String owner = UUID.randomUUID().toString();

    private final Semaphore suspects = new Semaphore(1);

    Claims(JdbcClient jdbc, JdbcTemplate template) {
        this.jdbc = jdbc;
        this.template = template;
    }

    /**
     * What there was to take.
     *
     * @param next how long until there is work again, as far as is known now and suspects aside; negative when there is some
     */
    record Taken(List<Claim> claims, Optional<Duration> next) {}

    /**
     * Takes lanes whose time has come, the longest waiting first, and counts the attempt before any work is done. Who has done with a claim must
     * say so.
     */
    Taken claim(Queue queue, int most, Duration lease) {
        boolean free = suspects.tryAcquire();
        boolean used = false;
        try {
            Taken taken = claim(queue, most, lease, free ? 1 : 0);
            used = taken.claims().stream().anyMatch(Claim::alone);
            return taken;
        } finally {
            if (free && !used) {
                suspects.release();
            }
        }
    }

    /** How many hubs died within the last hour, as far as anybody has noticed. */
    int deaths() {
        return jdbc.sql("select count(*) from death where noticed_at > now() - interval '1 hour'").query(Integer.class).single();
    }

    /** Nobody is at it any more in this hub. */
    void done(Claim claim) {
        if (claim.alone()) {
            suspects.release();
        }
    }

    private Taken claim(Queue queue, int most, Duration lease, int mostSuspects) {
        Map<Lane, List<Claim.Piece>> claims = new LinkedHashMap<>();
        var next = new AtomicReference<Duration>();
        new Volley()
                .add(CLAIM,
                        new MapSqlParameterSource("queue", queue.word())
                                .addValue("most", most)
                                .addValue("suspects", mostSuspects)
                                .addValue("death", Claim.DEATH)
                                .addValue("owner", owner)
                                .addValue("lease", lease.toMillis())
                                .addValue("together", queue.together()),
                        rows -> gather(rows, claims))
                .add("select extract(epoch from min(due_at) - clock_timestamp())::float8 * 1000 as millis from lane where queue = :queue and due_at is not null and lapsed < :death",
                        new MapSqlParameterSource("queue", queue.word()).addValue("death", Claim.DEATH),
                        rows -> next.set(rows.next() && rows.getObject("millis") != null ? Duration.ofMillis((long) Math.ceil(rows.getDouble("millis"))) : null))
                .fire(template);
        return new Taken(claims.entrySet().stream().map(claim -> claim.getKey().claim(queue, claim.getValue())).toList(), Optional.ofNullable(next.get()));
    }

    private record Lane(long conversationId, long epoch, boolean suspected) {

        Claim claim(Queue queue, List<Claim.Piece> pieces) {
            int attempt = pieces.stream().mapToInt(Claim.Piece::times).max().orElse(1);
            return new Claim(new Lease(queue.word(), conversationId, epoch, attempt), List.copyOf(pieces), suspected);
        }
    }

    private static void gather(ResultSet rows, Map<Lane, List<Claim.Piece>> claims) throws SQLException {
        while (rows.next()) {
            var lane = new Lane(rows.getLong("conversation_id"), rows.getLong("epoch"), rows.getBoolean("suspected"));
            var pieces = claims.computeIfAbsent(lane, first -> new ArrayList<>());
            long subject = rows.getLong("subject_id");
            if (!rows.wasNull()) {
                pieces.add(new Claim.Piece(subject, rows.getInt("attempts"), rows.getInt("lapsed")));
            }
        }
    }

    /**
     * Prolongs those of the leases that are still ours. One whose lane somebody holds waits for the next time: were it waited for, as long as a host that
     * vanished holds it, all others would end.
     *
     * @return how many were prolonged
     */
    int prolong(Queue queue, Collection<Lease> leases, Duration lease) {
        return jdbc.sql("""
                with free as (
                    select lane.conversation_id from lane
                    join unnest(:conversations::bigint[], :epochs::bigint[]) as held (conversation_id, epoch)
                      on held.conversation_id = lane.conversation_id and held.epoch = lane.epoch
                    where queue = :queue and owner = :owner
                    for update of lane skip locked
                )
                update lane set due_at = clock_timestamp() + :lease * interval '1 millisecond'
                from free
                where queue = :queue and lane.conversation_id = free.conversation_id
                """)
                .param("lease", lease.toMillis())
                .param("conversations", leases.stream().map(Lease::conversationId).toArray(Long[]::new))
                .param("epochs", leases.stream().map(Lease::epoch).toArray(Long[]::new))
                .param("queue", queue.word())
                .param("owner", owner)
                .update();
    }
}
