package io.serai.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits at the door of a server that is away, restarting or full, when the hub starts. */
record Knock(Server server, Duration patience) {

    private static final Logger log = LoggerFactory.getLogger(Knock.class);
    private static final Duration PAUSE = Duration.ofSeconds(3);

    /**
     * Returns once the server has answered.
     *
     * @throws DatabaseUnusable when it does not in time, or when its answer is a no that waiting does not change
     */
    void untilAnswered() {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try (Connection connection = server.connect()) {
                List<String> broken = Durability.broken(connection);
                if (!broken.isEmpty()) {
                    log.warn("The database server runs with {} = off: it may lose what it has committed", String.join(", ", broken));
                }
                return;
            } catch (SQLException refusal) {
                if (!mayPass(refusal)) {
                    throw new DatabaseUnusable(
                            "The database at " + server + " refuses: " + refusal.getMessage(),
                            "Check serai.db.url, serai.db.user and serai.db.password (SERAI_DB_URL, SERAI_DB_USER, SERAI_DB_PASSWORD).",
                            refusal);
                }
                pauseUntil(end, refusal);
            }
        }
    }

    /** Class 08: no connection; 53300: too many of them; 57P0x: starting or stopping (PostgreSQL manual, appendix A). */
    private static boolean mayPass(SQLException refusal) {
        String state = String.valueOf(refusal.getSQLState());
        return state.startsWith("08") || state.startsWith("57P0") || state.equals("53300");
    }

    private void pauseUntil(long end, SQLException refusal) {
        long left = end - System.nanoTime();
        if (left <= 0) {
            throw new DatabaseUnusable(
                    "The database at " + server + " has not answered for " + patience.toSeconds() + " s: " + refusal.getMessage(),
                    "Start the server or correct serai.db.url (SERAI_DB_URL); without a URL the hub starts a Postgres of its own.",
                    refusal);
        }
        log.warn("Waiting for the database at {}: {}", server, refusal.getMessage());
        try {
            Thread.sleep(Duration.ofNanos(Math.min(left, PAUSE.toNanos())));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new DatabaseUnusable("Interrupted while waiting for the database.", "Start the hub again.", ended);
        }
    }
}
