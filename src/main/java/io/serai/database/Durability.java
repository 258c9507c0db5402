package io.serai.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Whether what the server calls committed is still there after a power cut. */
class Durability {

    private static final List<String> PROMISES = List.of("fsync", "full_page_writes", "synchronous_commit");

    /** The settings that should be on and are off. */
    static List<String> broken(Connection connection) throws SQLException {
        List<String> broken = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            for (String promise : PROMISES) {
                try (ResultSet setting = statement.executeQuery("show " + promise)) {
                    if (setting.next() && setting.getString(1).equals("off")) {
                        broken.add(promise);
                    }
                }
            }
        }
        return broken;
    }
}
