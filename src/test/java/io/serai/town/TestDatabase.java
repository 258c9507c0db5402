package io.serai.town;

import io.serai.database.TestCluster;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * A fresh database of its own: on the Postgres of this test run, or on the server of SERAI_DB_URL, SERAI_DB_USER and SERAI_DB_PASSWORD when they
 * are set, whose user must be allowed to create databases.
 */
public record TestDatabase(String url, String user, String password) {

    /** Of the admin of a {@link #furnished()} one. */
    static final String PASSWORD = "a-password-for-tests";

    private static final String SERVER = System.getenv("SERAI_DB_URL");

    /**
     * What {@link #furnished()} copies: migrated once, as a hub does at its first start. The admin is in it with a hash that costs little; a hub keeps
     * the hash of a password that has not changed, and a good one costs a tenth of a second at each start and each login.
     */
    private static final class Furnished {
        private static final String NAME = name();

        static {
            TestDatabase house = create(NAME, "");
            Flyway.configure().dataSource(house.url, house.user, house.password).locations("filesystem:memory/migrations").load().migrate();
            house.execute("insert into staff (name, password, role) values ('admin', '{bcrypt}" + new BCryptPasswordEncoder(4).encode(PASSWORD) + "', 'admin')");
            executeOnServer("alter database " + NAME + " allow_connections false"); // nobody can copy what somebody uses, be it the autovacuum
        }
    }

    /** An empty one. */
    public static TestDatabase create() {
        return create(name(), "");
    }

    /** One that a hub has been at already. A copy costs little more than an empty one, migrating ten times as much, and dozens of hubs start in a test run. */
    public static TestDatabase furnished() {
        return create(name(), " template " + Furnished.NAME);
    }

    private static TestDatabase create(String name, String template) {
        executeOnServer("create database " + name + template);
        return isElsewhere() ? elsewhere(name) : new TestDatabase(TestCluster.url(name), TestCluster.user(), TestCluster.password());
    }

    private static String name() {
        return "town_" + UUID.randomUUID().toString().replace("-", "");
    }

    private static void executeOnServer(String statement) {
        if (isElsewhere()) {
            new TestDatabase(SERVER, System.getenv("SERAI_DB_USER"), System.getenv("SERAI_DB_PASSWORD")).execute(statement);
        } else {
            new TestDatabase(TestCluster.url("postgres"), TestCluster.user(), TestCluster.password()).execute(statement);
        }
    }

    private void execute(String sql) {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException refused) {
            throw new IllegalStateException("cannot make a database for a test", refused);
        }
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    /** For a Spring test: the hub uses this database, with a pool that leaves room for other hubs. */
    public Map<String, Object> properties() {
        return Map.of("serai.db.url", url, "serai.db.user", user, "serai.db.password", password, "serai.db.pool-size", 8);
    }

    private static boolean isElsewhere() {
        return SERVER != null && !SERVER.isBlank();
    }

    private static TestDatabase elsewhere(String name) {
        String url = SERVER.replaceFirst("/[^/?]*(\\?|$)", "/" + name + "$1");
        return new TestDatabase(url, System.getenv("SERAI_DB_USER"), System.getenv("SERAI_DB_PASSWORD"));
    }
}
