package io.serai.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Where the database is and who we are there. */
record Server(String url, String user, String password) {

    /** A connection of one's own, not from the pool. */
    Connection connect() throws SQLException {
        Properties properties = properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return DriverManager.getConnection(url, properties);
    }

    /** How each of our connections behaves; what the URL says goes before. In seconds: a network that swallows packets must not hold a thread for ever. */
    static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "serai");
        properties.setProperty("connectTimeout", "3");
        properties.setProperty("socketTimeout", "60");
        properties.setProperty("tcpKeepAlive", "true");
        // The detail quotes the row that failed, and messages of exceptions go to logs and dead letters.
        properties.setProperty("logServerErrorDetail", "false");
        return properties;
    }

    /** Without the parameters of the URL: a password may be among them. */
    @Override
    public String toString() {
        int parameters = url.indexOf('?');
        return parameters < 0 ? url : url.substring(0, parameters);
    }
}
