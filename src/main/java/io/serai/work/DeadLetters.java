package io.serai.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.serai.Failpoint;
import io.serai.database.Committed;
import io.serai.message.DeadLetter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What could not go on, in its shape and with its reason. */
@Repository
public class DeadLetters {

    /** The parcel itself knows how often it was tried: waiting for its turn or for an account is no attempt. */
    private static final String ATTEMPTS = """
            coalesce((select nullif(max(attempts), 0) from parcel where :queue = 'parcels' and id = any (:subjects)), :attempts)
            """;

    /** As it stands by now: the parcel in the letter is as it was when it was taken. */
    private static final String ARRIVED = """
            (:queue = 'parcels' and exists (select from parcel where state = 'sending' and reply_id in (select reply_id from parcel where id = any (:subjects))))
            """;

    private final JdbcClient jdbc;
    private final Leases leases;
    private final ObjectMapper json;
    private final MeterRegistry meters;
    private final ObjectProvider<Shelf<?>> shelves;

    DeadLetters(JdbcClient jdbc, Leases leases, ObjectMapper json, MeterRegistry meters, ObjectProvider<Shelf<?>> shelves) {
        this.jdbc = jdbc;
        this.leases = leases;
        this.json = json;
        this.meters = meters;
        this.shelves = shelves;
        for (Queue queue : Queue.values()) {
            meters.counter("serai.dead", "queue", queue.word()); // from 0 on, so that the first is an increase
            Gauge.builder("serai.dead.open", () -> open(queue)).description("dead letters that wait for a person").tag("queue", queue.word()).register(meters);
        }
    }

    /**
     * Keeps a dead letter and takes its work out of the lane, so that the conversation goes on.
     *
     * @return the id of the dead letter
     * @throws LeaseLost when somebody else has the lane by now, and decides
     */
    @Transactional
    public long bury(DeadLetter letter) {
        leases.finish(letter.lease(), letter.subjects());
        return keep(letter);
    }

    /**
     * Keeps a dead letter of what nobody works on: it had been done, and came back.
     *
     * @return the id of the dead letter
     */
    @Transactional
    public long keep(DeadLetter letter) {
        Committed.then(meters.counter("serai.dead", "queue", letter.lease().queue())::increment);
        long id = buried(letter).orElseGet(() -> burial(letter));
        shelves.stream().filter(shelf -> shelf.queue().word().equals(letter.lease().queue())).forEach(shelf -> shelf.giveUp(letter.subjects()));
        jdbc.sql("""
                insert into dead_letter_story (letter_id, event, reason, trace, attempts, may_have_arrived)
                select id, 'died', reason, trace, attempts, may_have_arrived from dead_letter where id = :id
                """)
                .param("id", id)
                .update();
        Failpoint.DEAD_LETTER.reached();
        return id;
    }

    /** The letter it was before it was replayed: it is the same, with one more story. */
    private Optional<Long> buried(DeadLetter letter) {
        return params(letter, """
                update dead_letter
                set state = 'open', shape = :shape, subjects = :subjects, body = :body::jsonb, reason = :reason, trace = :trace, attempts = %s,
                    may_have_arrived = may_have_arrived or %s, died_at = clock_timestamp()
                where id = (select max(id) from dead_letter
                            where queue = :queue and conversation_id = :conversation and state = 'replayed' and subjects && :subjects)
                returning id
                """.formatted(ATTEMPTS, ARRIVED)).query(Long.class).optional();
    }

    private long burial(DeadLetter letter) {
        return params(letter, """
                insert into dead_letter (queue, conversation_id, shape, subjects, body, reason, trace, attempts, may_have_arrived)
                values (:queue, :conversation, :shape, :subjects, :body::jsonb, :reason, :trace, %s, %s)
                returning id
                """.formatted(ATTEMPTS, ARRIVED)).query(Long.class).single();
    }

    private JdbcClient.StatementSpec params(DeadLetter letter, String sql) {
        return jdbc.sql(sql)
                .param("queue", letter.lease().queue())
                .param("conversation", letter.lease().conversationId())
                .param("shape", letter.shape())
                .param("subjects", letter.subjects().toArray(Long[]::new))
                .param("body", text(letter.body()))
                .param("reason", DeadLetter.reason(letter.why()))
                .param("trace", trace(letter.why()))
                .param("attempts", letter.lease().attempt());
    }

    private long open(Queue queue) {
        return jdbc.sql("select count(*) from dead_letter where queue = :queue and state = 'open'").param("queue", queue.word()).query(Long.class).single();
    }

    private String text(Object body) {
        try {
            return body == null ? null : json.writeValueAsString(body);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalStateException("a " + body.getClass().getSimpleName() + " cannot be written as JSON", unwritable);
        }
    }

    private static String trace(Throwable why) {
        var trace = new StringWriter();
        why.printStackTrace(new PrintWriter(trace));
        return trace.toString().replace("\0", "");
    }
}
