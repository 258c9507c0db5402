package io.serai.database;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends rings to the other hubs, in the background and outside of everybody's transaction: a transaction with a NOTIFY in it holds a lock over the
 * whole server until its commit is on disk, so that such commits happen one after another.
 */
class Rope {

    static final String CHANNEL = "serai";

    private static final Logger log = LoggerFactory.getLogger(Rope.class);
    static final int LONGEST_QUEUE = 10_000;

    /** What is pulled meanwhile goes together; the first pull after a rest waits for nothing. */
    private static final Duration BREATH = Duration.ofMillis(10);

    private final DataSource database;
    private final Origin origin;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition pulled = lock.newCondition();
    private final Set<Ring> waiting = new LinkedHashSet<>();
    private Thread ringer;

    Rope(DataSource database, Origin origin) {
        this.database = database;
        this.origin = origin;
    }

    /** Never waits; what waits already is not sent twice, and what is too much is dropped. */
    void pull(Ring ring) {
        lock.lock();
        try {
            if (waiting.size() < LONGEST_QUEUE && waiting.add(ring)) {
                pulled.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    void start() {
        ringer = Thread.ofVirtual().name("bell-rope").start(this::run);
    }

    void stop() {
        ringer.interrupt();
    }

    private void run() {
        try {
            while (true) {
                send(next());
                Thread.sleep(BREATH);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Ring> next() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty()) {
                pulled.await();
            }
            List<Ring> rings = new ArrayList<>(waiting);
            waiting.clear();
            return rings;
        } finally {
            lock.unlock();
        }
    }

    private void send(List<Ring> rings) {
        try (Connection connection = database.getConnection();
                PreparedStatement notify = connection.prepareStatement("select pg_notify(?, signed) from unnest(?) signed")) {
            Array signed = connection.createArrayOf("text", rings.stream().map(origin::sign).toArray());
            notify.setString(1, CHANNEL);
            notify.setArray(2, signed);
            notify.execute();
        } catch (SQLException away) {
            log.debug("{} rings were not heard elsewhere: {}", rings.size(), away.getMessage());
        }
    }
}
