package io.serai.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

    /** Of mode 0700, so that root has to find a way that leads through it. */
    @TempDir
    private static Path home;

    private static Path data;

    @BeforeAll
    static void startsForTheFirstTime() throws SQLException {
        data = home.resolve("data");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
            run(postgres.server(), "create table kept (word text)");
            run(postgres.server(), "insert into kept values ('yesterday')");
        }
    }

    @Test
    void findsWhatItKeptAtTheSameAddress() throws Exception {
        String url;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
            url = postgres.server().url();
            assertThat(ask(postgres.server(), "select word from kept")).isEqualTo("yesterday");
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
            assertThat(postgres.server().url()).isEqualTo(url);
        }
    }

    @Test
    void keepsItsFilesToItself() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("postgres")))).isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("postgres.password")))).isEqualTo("rw-------");
    }

    @Test
    void opensToThePasswordOnlyAndGivesNoPower() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
            Server server = postgres.server();
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> new Server(server.url(), server.user(), "guess").connect())
                    .withMessageContaining("password authentication failed");
            assertThat(ask(server, "select rolsuper from pg_roles where rolname = current_user")).isEqualTo("f");
            assertThat(ask(server, "show listen_addresses")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void turnsTheSlowHashesOfAnOlderFolderIntoQuickOnes() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
            Server server = postgres.server();
            String password = " password '" + server.password() + "';";
            run(superuser(server), "set scram_iterations = 4096; alter role serai" + password + "alter role postgres" + password);
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
            assertThat(ask(superuser(postgres.server()), "select count(*) from pg_authid where rolpassword like 'SCRAM-SHA-256$1:%'")).isEqualTo("2");
        }
    }

    @Test
    void takesOverAfterAHubThatWasKilled() throws Exception {
        try (HubProcess hub = HubProcess.on(data)) {
            hub.says("up at ");
            long orphan = postmaster();
            hub.kill();
            assertThat(program(orphan)).isPresent();

            try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
                assertThat(ask(postgres.server(), "select word from kept")).isEqualTo("yesterday");
                assertThat(program(orphan)).isEmpty();
            }
        }
    }

    @Test
    void refusesASecondHubAndLeavesTheFirstAlone() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data); HubProcess second = HubProcess.on(data)) {
            assertThat(second.says("refused: ")).contains("Another hub (process " + ProcessHandle.current().pid() + ")", data.toString());
            assertThatExceptionOfType(DatabaseUnusable.class).isThrownBy(() -> EmbeddedPostgres.start(data));
            assertThat(ask(postgres.server(), "select word from kept")).isEqualTo("yesterday");
        }
    }

    @Test
    void startsPostgresAgainWhenItIsKilled() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
            run(postgres.server(), "create table if not exists survivor ()");
            long killed = postmaster();

            ProcessHandle.of(killed).orElseThrow().destroyForcibly();

            await().ignoreExceptions().untilAsserted(() ->
                    assertThat(ask(postgres.server(), "select count(*) from survivor")).isEqualTo("0"));
            assertThat(postmaster()).isNotEqualTo(killed);
        }
    }

    @Test
    void refusesToForgetInAPowerCut() throws Exception {
        assertThatExceptionOfType(DatabaseUnusable.class)
                .isThrownBy(() -> EmbeddedPostgres.start(data, "fsync=off", "full_page_writes=off"))
                .withMessageContaining("fsync, full_page_writes = off");

        EmbeddedPostgres.start(data).close();
    }

    /** As after a restore of the one without the other. */
    @Test
    void tellsThatThePasswordIsThatOfAnotherDatabase() throws Exception {
        Path file = data.resolve("postgres.password");
        Path right = Files.move(file, home.resolve("postgres.password"));
        try {
            assertThatExceptionOfType(DatabaseUnusable.class).isThrownBy(() -> EmbeddedPostgres.start(data)).withMessageContaining("does not open the database");
            Files.writeString(file, "0".repeat(48));
            assertThatExceptionOfType(DatabaseUnusable.class).isThrownBy(() -> EmbeddedPostgres.start(data)).withMessageContaining("does not open the database");
        } finally {
            Files.move(right, file, StandardCopyOption.REPLACE_EXISTING);
        }
        EmbeddedPostgres.start(data).close();
    }

    @Test
    void tellsWhyPostgresDoesNotStart() {
        assertThatExceptionOfType(DatabaseUnusable.class)
                .isThrownBy(() -> EmbeddedPostgres.start(data, "shared_buffers=plenty"))
                .withMessageContaining("invalid value for parameter \"shared_buffers\"");

        EmbeddedPostgres.start(data).close();
    }

    @Test
    void movesWhenItsPortIsTaken() throws Exception {
        int taken = Integer.parseInt(Files.readString(data.resolve("postgres.port")).strip());
        try (ServerSocket squatter = new ServerSocket(taken, 1, InetAddress.getLoopbackAddress());
                EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
            assertThat(squatter.isBound()).isTrue();
            assertThat(ask(postgres.server(), "select word from kept")).isEqualTo("yesterday");
        }
    }

    @Test
    void doesNotTakeAStrangerForItsPostmaster() throws Exception {
        Files.writeString(data.resolve("postgres/postmaster.pid"), ProcessHandle.current().pid() + "\n" + data.resolve("postgres") + "\n");

        EmbeddedPostgres.start(data).close();
    }

    @Test
    void startsOnFilesThatAPowerCutEmptied() throws Exception {
        Files.writeString(data.resolve("postgres/postmaster.pid"), "");
        Files.writeString(data.resolve("postgres.port"), "");

        EmbeddedPostgres.start(data).close();
    }

    @Test
    void waitsForAServerThatIsStillAway() throws Exception {
        Server server;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
            server = postgres.server();
        }
        CompletableFuture<Void> knocking = CompletableFuture.runAsync(() -> new Knock(server, Duration.ofSeconds(30)).untilAnswered());

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
            assertThat(postgres.server()).isEqualTo(server);
            assertThat(knocking).succeedsWithin(Duration.ofSeconds(20));
        }
    }

    private static long postmaster() throws Exception {
        return Long.parseLong(Files.readAllLines(data.resolve("postgres/postmaster.pid")).getFirst());
    }

    /** Nothing for a process that has ended and that nobody has buried. */
    private static Optional<String> program(long process) {
        return ProcessHandle.of(process).flatMap(handle -> handle.info().command());
    }

    private static Server superuser(Server server) {
        return new Server(server.url(), "postgres", server.password());
    }

    private static void run(Server server, String sql) throws SQLException {
        try (Connection connection = server.connect(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(Server server, String sql) throws SQLException {
        try (Connection connection = server.connect(); Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
