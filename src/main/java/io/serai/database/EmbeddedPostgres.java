package io.serai.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Postgres of our own in the data folder, for a machine that has none: on loopback, behind a password, durable, kept alive while the hub runs and
 * stopped with it.
 */
class EmbeddedPostgres implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String NAME = "serai";

    /** Whom the hub becomes for what sees the rows of one contact: see memory/migrations/V10__recall.sql. */
    private static final String WALLED = "serai_recall";

    private final FolderLock lock;
    private final Postmaster postmaster;

    private EmbeddedPostgres(FolderLock lock, Postmaster postmaster) {
        this.lock = lock;
        this.postmaster = postmaster;
    }

    /**
     * Starts it, on a new and empty database when there is none yet.
     *
     * @param settings for the server, after those of {@link Cluster}
     * @throws DatabaseUnusable when it cannot run here, or when it would not keep what it has committed
     */
    static EmbeddedPostgres start(Path folder, String... settings) {
        long begun = System.nanoTime();
        Path data = ownFolder(folder);
        FolderLock lock = FolderLock.on(data);
        try {
            EmbeddedPostgres postgres = new EmbeddedPostgres(lock, new Postmaster(cluster(data), List.of(settings)));
            postgres.open();
            long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
            log.info("Embedded Postgres is up at {} ({} ms), its files are in {}", postgres.server(), millis, data.resolve("postgres"));
            return postgres;
        } catch (RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    /** The database of the hub, as a role that owns it and has no other power than to become one that sees less. */
    Server server() {
        Server house = postmaster.superuser(NAME);
        return new Server(house.url(), NAME, house.password());
    }

    private static Cluster cluster(Path data) {
        boolean isFirst = !Files.exists(data.resolve("postgres"));
        if (isFirst) {
            log.info("Creating a database in {} (first start only)...", data);
        }
        Binaries binaries = Binaries.in(data);
        Cluster cluster = new Cluster(data, binaries, Account.able(data, binaries));
        if (isFirst) {
            cluster.create();
        }
        return cluster;
    }

    private void open() {
        try {
            postmaster.start();
            furnish();
        } catch (RuntimeException failed) {
            postmaster.close();
            throw failed;
        }
    }

    private void furnish() {
        try (Connection connection = postmaster.superuser("postgres").connect(); Statement statement = connection.createStatement()) {
            List<String> broken = Durability.broken(connection);
            if (!broken.isEmpty()) {
                throw new DatabaseUnusable(
                        "Postgres runs with " + String.join(", ", broken) + " = off: a power cut would take what was committed.",
                        "Turn it on again in postgresql.conf.");
            }
            String password = "password '" + postmaster.superuser(NAME).password() + "'";
            if (isMissing(statement, "select from pg_roles where rolname = '" + NAME + "'")) {
                statement.execute("create role " + NAME + " login " + password);
            }
            String slow = "select from pg_authid where rolname in ('postgres', '" + NAME + "') and rolpassword like 'SCRAM-SHA-256$4096:%'";
            if (!isMissing(statement, slow)) {
                statement.execute("alter role " + NAME + " " + password); // of a folder from before Cluster.PASSWORDS
                statement.execute("alter role postgres " + password);
            }
            if (isMissing(statement, "select from pg_roles where rolname = '" + WALLED + "'")) {
                statement.execute("create role " + WALLED + " nologin role " + NAME);
            }
            if (isMissing(statement, "select from pg_database where datname = '" + NAME + "'")) {
                statement.execute("create database " + NAME + " owner " + NAME);
            }
        } catch (SQLException refused) {
            throw new DatabaseUnusable("Postgres started but does not obey: " + refused.getMessage(), "See postgres.log.", refused);
        }
    }

    private static boolean isMissing(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return !rows.next();
        }
    }

    /** Files of ours that are another account's, of a run as root for example, would fail later and less clearly. What else lies there is no matter. */
    private static Path ownFolder(Path folder) {
        try {
            Path data = Files.createDirectories(folder).toRealPath();
            Optional<Path> foreign;
            try (Stream<Path> files = Files.list(data)) {
                foreign = Stream.concat(Stream.of(data), files.filter(EmbeddedPostgres::isOurs).filter(file -> !Binaries.isFolder(file)))
                        .filter(file -> !Files.isWritable(file))
                        .findFirst();
            }
            if (foreign.isPresent()) {
                String owner = Files.getOwner(foreign.get()).getName();
                throw new DatabaseUnusable(
                        foreign.get() + " belongs to " + owner + ", whom the hub is not running as.",
                        "Give it to yourself (as root: chown -R <user> " + data + "), or start the hub as root, or give it another serai.home.");
            }
            return data;
        } catch (IOException unwritable) {
            throw new UncheckedIOException("cannot use the folder " + folder, unwritable);
        }
    }

    private static boolean isOurs(Path file) {
        return file.getFileName().toString().matches("postgres.*|hub\\.lock");
    }

    @Override
    public void close() {
        postmaster.close();
        lock.close();
    }
}
