package io.serai.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a server running on a cluster: when it ends and nobody stopped it, it is started again. */
class Postmaster implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Postmaster.class);

    /** With what a server needs to recover and the hub to notice, answers arrive again within 30 s, however often it ended before. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(8);

    private static final Duration STEADY = Duration.ofSeconds(10);
    /** The class of its states (PostgreSQL manual, appendix A). */
    private static final String WRONG_PASSWORD = "28";

    private static final int LOG_LINES = 15;
    private static final int TRIES_PER_LINE = 300;

    private final Cluster cluster;
    private final int port;
    private final List<String> settings;
    private final Leftovers leftovers;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Process process;

    /** Of a cluster that nothing is at work on any more, not even what an earlier hub left. */
    Postmaster(Cluster cluster, List<String> settings) {
        this.cluster = cluster;
        this.settings = settings;
        this.leftovers = new Leftovers(cluster.data());
        leftovers.clear(cluster);
        this.port = Port.keptIn(cluster.data().resolve("postgres.port"));
    }

    /** The database of that name as the superuser sees it. */
    Server superuser(String database) {
        return new Server("jdbc:postgresql://127.0.0.1:" + port + "/" + database, "postgres", cluster.password());
    }

    /**
     * Starts the server, waits until it answers, however long it has to recover, and watches over it from then on.
     *
     * @throws DatabaseUnusable when it ends instead, or has another password than we
     */
    void start() {
        launch();
        Thread.ofPlatform().daemon().name("postgres-watch").start(this::watch);
    }

    private synchronized void launch() {
        if (isClosing()) {
            return;
        }
        leftovers.clear(cluster);
        process = cluster.start(port, settings);
        for (int tries = 1; !answers(); tries++) {
            if (tries % TRIES_PER_LINE == 0) {
                log.info("Postgres is not ready yet; what it does stands in {}", cluster.log());
            }
            if (pause(Duration.ofMillis(30))) {
                return;
            }
            if (!process.isAlive()) {
                throw new DatabaseUnusable("Postgres ended instead of starting:\n" + lastWords(), "See " + cluster.log() + ".");
            }
        }
    }

    private boolean answers() {
        try (Connection connection = superuser("postgres").connect()) {
            return connection.isValid(3);
        } catch (SQLException notYet) {
            if (String.valueOf(notYet.getSQLState()).startsWith(WRONG_PASSWORD)) {
                throw cluster.unopened(notYet);
            }
            log.trace("Postgres does not answer yet", notYet);
            return false;
        }
    }

    /** At once when it ran well until now, with growing pauses when it keeps ending. */
    private void watch() {
        Duration rest = Duration.ZERO;
        while (!isClosing()) {
            long since = System.nanoTime();
            int exit = process.onExit().join().exitValue();
            rest = System.nanoTime() - since > STEADY.toNanos() ? Duration.ZERO : longer(rest);
            if (!isClosing()) {
                log.warn("Postgres ended by itself (exit {}); starting it again in {} s", exit, rest.toSeconds());
            }
            if (!pause(rest)) {
                revive();
            }
        }
    }

    private void revive() {
        try {
            launch();
            log.info("Postgres runs again");
        } catch (RuntimeException failed) {
            log.error("Postgres does not start: {}", failed.getMessage());
        }
    }

    private static Duration longer(Duration rest) {
        Duration doubled = rest.isZero() ? Duration.ofSeconds(1) : rest.multipliedBy(2);
        return doubled.compareTo(LONGEST_REST) < 0 ? doubled : LONGEST_REST;
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** Whether the pause was cut short because we are closing. */
    private boolean pause(Duration pause) {
        try {
            return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(cluster.log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        synchronized (this) {
            if (process != null && process.isAlive()) {
                cluster.stop();
            }
        }
    }
}
