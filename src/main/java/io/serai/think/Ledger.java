package io.serai.think;

import jakarta.annotation.PreDestroy;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The table {@code model_call}, written behind the answers: none waits for it, and none is lost with it. While the database is away the
 * rows wait, up to {@value #MOST} of them.
 */
@Component
class Ledger {

    static final int MOST = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final int BATCH = 200;
    private static final String INSERT =
            """
            insert into model_call (conversation_id, message_id, role, model, provider, tokens_in, tokens_out, cost, millis, outcome, called_at)
            values ((select id from conversation where id = ?), (select id from message where id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final JdbcTemplate database;
    private final BlockingQueue<Call> waiting = new LinkedBlockingQueue<>(MOST);
    private final AtomicBoolean full = new AtomicBoolean();
    private final Thread writer;
    private final CountDownLatch closing = new CountDownLatch(1);

    Ledger(JdbcTemplate database) {
        this.database = database;
        this.writer = Thread.ofVirtual().name("ledger").start(this::run);
    }

    /**
     * One call of one model.
     *
     * @param conversationId or null when it belonged to none
     * @param messageId the last message of the turn it was to answer, or null
     * @param outcome {@code ok}, an HTTP status, {@code timeout}, {@code network}, {@code empty} ...
     */
    record Call(
            Long conversationId,
            Long messageId,
            String role,
            String model,
            String provider,
            int tokensIn,
            int tokensOut,
            BigDecimal cost,
            Duration took,
            String outcome,
            Instant at) {}

    /** Never fails and never waits. */
    void write(Call call) {
        if (waiting.offer(call)) {
            full.set(false);
        } else if (full.compareAndSet(false, true)) {
            LOG.warn("{} model calls wait to be booked: the database takes none, more are not kept", MOST);
        }
    }

    private void run() {
        List<Call> batch = new ArrayList<>();
        try {
            while (closing.getCount() > 0 || !waiting.isEmpty()) {
                Call first = waiting.poll(200, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, BATCH - 1);
                    insertUntilItIsDone(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException stopped) {
            LOG.warn("{} model calls are not booked: the hub stops and the database is away", batch.size() + waiting.size());
        }
    }

    private void insertUntilItIsDone(List<Call> batch) throws InterruptedException {
        for (boolean told = false; !insert(batch, told); told = true) {
            if (closing.await(1, TimeUnit.SECONDS)) {
                throw new InterruptedException();
            }
        }
    }

    private boolean insert(List<Call> batch, boolean told) {
        try {
            database.batchUpdate(INSERT, batch, batch.size(), (row, call) -> {
                row.setObject(1, call.conversationId(), java.sql.Types.BIGINT);
                row.setObject(2, call.messageId(), java.sql.Types.BIGINT);
                row.setString(3, call.role());
                row.setString(4, call.model());
                row.setString(5, call.provider());
                row.setInt(6, call.tokensIn());
                row.setInt(7, call.tokensOut());
                row.setBigDecimal(8, call.cost());
                row.setInt(9, (int) call.took().toMillis());
                row.setString(10, call.outcome());
                row.setTimestamp(11, Timestamp.from(call.at()));
            });
            return true;
        } catch (DataIntegrityViolationException wrong) {
            LOG.error("{} model calls are not booked", batch.size(), wrong);
            return true;
        } catch (DataAccessException away) {
            if (!told) {
                LOG.warn("Model calls cannot be booked now, they wait: {}", away.getMostSpecificCause().getMessage());
            }
            return false;
        }
    }

    @PreDestroy
    void close() throws InterruptedException {
        closing.countDown();
        if (!writer.join(Duration.ofSeconds(5))) {
            writer.interrupt();
        }
    }
}
