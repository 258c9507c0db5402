package io.serai.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears the bells of other hubs, on a connection of its own that it renews when it is lost. */
class Ear {

    private static final Logger log = LoggerFactory.getLogger(Ear.class);
    private static final Duration REST = Duration.ofSeconds(1);
    private static final int LISTEN_MILLIS = 10_000;
    private static final int ANSWER_SECONDS = 3;

    private final Server server;
    private final Origin origin;
    private final Consumer<Ring> heard;
    private volatile CountDownLatch stopped = new CountDownLatch(0);
    private volatile Connection line;
    private boolean isCutOff;

    Ear(Server server, Origin origin, Consumer<Ring> heard) {
        this.server = server;
        this.origin = origin;
        this.heard = heard;
    }

    void start() {
        stopped = new CountDownLatch(1);
        Thread.ofVirtual().name("bell-ear").start(this::run);
    }

    /** Closes the line under a thread that listens on it. */
    void stop() {
        stopped.countDown();
        Connection open = line;
        if (open != null) {
            try {
                open.abort(Runnable::run);
            } catch (SQLException alreadyGone) {
                log.debug("The line of the bell was gone already: {}", alreadyGone.getMessage());
            }
        }
    }

    boolean isRunning() {
        return stopped.getCount() > 0;
    }

    private void run() {
        while (isRunning()) {
            try (Connection connection = server.connect()) {
                line = connection;
                listen(connection);
            } catch (SQLException lost) {
                rest(lost);
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen " + Rope.CHANNEL);
        }
        if (isCutOff) {
            isCutOff = false;
            log.info("The bell hears other hubs again");
        }
        PGConnection postgres = connection.unwrap(PGConnection.class);
        while (isRunning()) {
            PGNotification[] notifications = postgres.getNotifications(LISTEN_MILLIS);
            for (PGNotification notification : notifications) {
                origin.foreign(notification.getParameter()).ifPresent(heard);
            }
            if (notifications.length == 0 && !connection.isValid(ANSWER_SECONDS)) {
                throw new SQLException("no answer for " + ANSWER_SECONDS + " s");
            }
        }
    }

    private void rest(SQLException lost) {
        if (isRunning() && !isCutOff) {
            isCutOff = true;
            log.warn("The bell does not hear other hubs until the database is back: {}", lost.getMessage());
        }
        try {
            stopped.await(REST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ended) {
            stopped.countDown();
            Thread.currentThread().interrupt();
        }
    }
}
