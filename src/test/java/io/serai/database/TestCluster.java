package io.serai.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * The Postgres of a test run: one for each JVM, empty at first, gone with it. It does not wait for the disk, which no setting of the hub can bring
 * about; {@link EmbeddedPostgres} would refuse it.
 */
public final class TestCluster {

    private static final Path FOLDER = Path.of("target", "town").toAbsolutePath();
    private static final String RUN = "run-";
    private static Server server;

    private TestCluster() {}

    /** Where a database of it is, or will be. */
    public static String url(String database) {
        return server().url().replaceFirst("/postgres$", "/" + database);
    }

    public static String user() {
        return server().user();
    }

    public static String password() {
        return server().password();
    }

    public static Connection connect() throws SQLException {
        return server().connect();
    }

    private static synchronized Server server() {
        if (server == null) {
            server = started();
        }
        return server;
    }

    private static Server started() {
        try {
            Files.createDirectories(FOLDER);
            sweep();
            Path data = Files.createDirectory(FOLDER.resolve(RUN + ProcessHandle.current().pid()));
            Binaries binaries = Binaries.in(FOLDER);
            Cluster cluster = new Cluster(data, binaries, Account.able(data, binaries));
            cluster.create();
            Postmaster postmaster = new Postmaster(
                    cluster,
                    List.of("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=300", "max_wal_size=1GB"));
            postmaster.start();
            endWithThisProcess(cluster.postmaster().orElseThrow().pid());
            return postmaster.superuser("postgres");
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** What runs left whose process is gone. */
    private static void sweep() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            for (Path folder : folders.filter(TestCluster::isOver).toList()) {
                FileSystemUtils.deleteRecursively(folder);
            }
        }
    }

    private static boolean isOver(Path folder) {
        String name = folder.getFileName().toString();
        return name.startsWith(RUN) && ProcessHandle.of(Long.parseLong(name.substring(RUN.length()))).isEmpty();
    }

    /** A shutdown hook would run beside those of Spring and take the database from under them; the end of a pipe comes after everything, even a kill. */
    private static void endWithThisProcess(long postmaster) throws IOException {
        new ProcessBuilder("sh", "-c", "cat > /dev/null; kill -QUIT " + postmaster)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
