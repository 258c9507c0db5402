package io.serai.database;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Tells whoever listens, here and in other hubs on the same database, that something happened. Never the only way to learn of it: a bell can be missed. */
@Component
public class Bell implements SmartLifecycle {

    /** A NOTIFY carries less than 8000 bytes (PostgreSQL manual), a character takes up to three of them. */
    private static final int LONGEST = 2_000;

    private static final Logger log = LoggerFactory.getLogger(Bell.class);

    private final Map<String, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();

    /** Of one ring among many: a crowd that waits for one each would have all of them called by each. */
    private final Map<Ring, List<Runnable>> waiting = new ConcurrentHashMap<>();
    private final Rope rope;
    private final Ear ear;

    Bell(DataSource database, Server server) {
        Origin origin = Origin.fresh();
        this.rope = new Rope(database, origin);
        this.ear = new Ear(server, origin, this::tell);
    }

    /** What a listener holds on to, in order to stop listening. */
    @FunctionalInterface
    public interface Listening extends AutoCloseable {

        @Override
        void close();
    }

    /**
     * Rings once the current transaction has committed (at once when there is none; never when it rolls back).
     *
     * @throws IllegalArgumentException when topic and payload are longer than 2000 characters together (a bell names what happened, it does not carry it), or
     *     the topic has a tab
     */
    public void ring(String topic, String payload) {
        if (topic.length() + payload.length() > LONGEST || topic.contains(Origin.GAP)) {
            throw new IllegalArgumentException("no bell rings with " + payload.length() + " characters on the topic '" + topic + "'");
        }
        Ring ring = new Ring(topic, payload);
        if (TransactionSynchronizationManager.isSynchronizationActive() && TransactionSynchronizationManager.isActualTransactionActive()) {
            TransactionSynchronizationManager.registerSynchronization(new OnceCommitted(ring));
        } else {
            sound(ring);
        }
    }

    /** Calls the listener at each ring of the topic, from here or elsewhere, until closed. The listener must be quick and must not throw. */
    public Listening listen(String topic, Consumer<String> listener) {
        List<Consumer<String>> audience = listeners.computeIfAbsent(topic, fresh -> new CopyOnWriteArrayList<>());
        audience.add(listener);
        return () -> audience.remove(listener);
    }

    /** The same for rings with this payload alone. */
    public Listening listen(String topic, String payload, Runnable listener) {
        Ring ring = new Ring(topic, payload);
        waiting.merge(ring, List.of(listener), (there, fresh) -> Stream.concat(there.stream(), fresh.stream()).toList());
        return () -> waiting.computeIfPresent(ring, (same, there) -> {
            List<Runnable> others = there.stream().filter(one -> one != listener).toList();
            return others.isEmpty() ? null : others;
        });
    }

    private void sound(Ring ring) {
        tell(ring);
        rope.pull(ring);
    }

    private void tell(Ring ring) {
        listeners.getOrDefault(ring.topic(), List.of()).forEach(listener -> call(ring, () -> listener.accept(ring.payload())));
        waiting.getOrDefault(ring, List.of()).forEach(listener -> call(ring, listener));
    }

    private static void call(Ring ring, Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException broken) {
            log.warn("A listener to '{}' threw, which it must not", ring.topic(), broken);
        }
    }

    @Override
    public void start() {
        rope.start();
        ear.start();
    }

    @Override
    public void stop() {
        ear.stop();
        rope.stop();
    }

    @Override
    public boolean isRunning() {
        return ear.isRunning();
    }

    /** Before those who wait for it, and after them. */
    @Override
    public int getPhase() {
        return 0;
    }

    /** After completion rather than after commit, because a listener may ring in its turn, and what is registered during afterCommit is never called. */
    private final class OnceCommitted implements TransactionSynchronization {

        private final Ring ring;

        OnceCommitted(Ring ring) {
            this.ring = ring;
        }

        /** A commit of which we have not heard may have happened: one ring too many does no harm. */
        @Override
        public void afterCompletion(int status) {
            if (status != STATUS_ROLLED_BACK) {
                sound(ring);
            }
        }
    }
}
