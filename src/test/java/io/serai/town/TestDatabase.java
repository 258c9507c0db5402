package io.serai.town;

import io.serai.database.TestCluster;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;

/**
 * A fresh, empty database of its own: on the Postgres of this test run, or on the server of SERAI_DB_URL, SERAI_DB_USER and SERAI_DB_PASSWORD when they
 * are set, whose user must be allowed to create databases.
 */
public record TestDatabase(String url, String user, String password) {

    private static final String SERVER = System.getenv("SERAI_DB_URL");

    public static TestDatabase create() {
        String name = "town_" + UUID.randomUUID().toString().replace("-", "");
        TestDatabase town = isElsewhere() ? elsewhere(name) : new TestDatabase(TestCluster.url(name), TestCluster.user(), TestCluster.password());
        try (Connection connection = isElsewhere() ? new TestDatabase(SERVER, town.user, town.password).connect() : TestCluster.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
            return town;
        } catch (SQLException refused) {
            throw new IllegalStateException("cannot create a database for a test", refused);
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
