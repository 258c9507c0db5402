package io.serai.work;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Shows as metrics how much work waits, for how long, and how much is in progress. */
@Component
class Progress {

    private static final Duration FRESH = Duration.ofSeconds(5);

    /** @param waiting lanes whose time has come and that nobody is at */
    private record Waiting(int waiting, double oldestSeconds) {}

    private record Busy(Queue queue, IntSupplier inProgress) {}

    private final JdbcClient jdbc;
    private final MeterRegistry meters;
    private final Map<Object, Busy> busy = new ConcurrentHashMap<>();
    private Map<Queue, Waiting> seen = Map.of();
    private long seenAt;

    Progress(JdbcClient jdbc, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.meters = meters;
        for (Queue queue : Queue.values()) {
            gauge("serai.work.waiting", "Conversations whose work is due and not begun", queue, Waiting::waiting);
            gauge("serai.work.oldest", "Seconds the longest waiting of them has been due", queue, Waiting::oldestSeconds);
            Gauge.builder("serai.work.in.progress", () -> busy(queue))
                    .description("Conversations that are being worked on in this hub")
                    .tag("queue", queue.word())
                    .register(meters);
        }
    }

    /** Shows what a consumer is at; two have a queue while one succeeds the other. */
    void watch(Queue queue, Object consumer, IntSupplier inProgress) {
        busy.put(consumer, new Busy(queue, inProgress));
    }

    void forget(Object consumer) {
        busy.remove(consumer);
    }

    private double busy(Queue queue) {
        return busy.values().stream().filter(one -> one.queue() == queue).mapToInt(one -> one.inProgress().getAsInt()).sum();
    }

    private void gauge(String name, String description, Queue queue, ToDoubleFunction<Waiting> value) {
        Gauge.builder(name, () -> value.applyAsDouble(look().getOrDefault(queue, new Waiting(0, 0))))
                .description(description)
                .tag("queue", queue.word())
                .register(meters);
    }

    private synchronized Map<Queue, Waiting> look() {
        if (System.nanoTime() - seenAt > FRESH.toNanos()) {
            seen = count();
            seenAt = System.nanoTime();
        }
        return seen;
    }

    private Map<Queue, Waiting> count() {
        Map<Queue, Waiting> waiting = new EnumMap<>(Queue.class);
        try {
            jdbc.sql("""
                    select queue, count(*) as waiting, extract(epoch from now() - min(due_at)) as oldest
                    from lane where owner is null and due_at <= now() group by queue
                    """)
                    .query(row -> {
                        waiting.put(Queue.of(row.getString("queue")), new Waiting(row.getInt("waiting"), row.getDouble("oldest")));
                    });
        } catch (DataAccessException unreachable) {
            return Map.of();
        }
        return waiting;
    }
}
