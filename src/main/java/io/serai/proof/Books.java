package io.serai.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DataAccessResourceFailureException;

/** The tables of the hub, read from outside. */
record Books(String url, String user, String password) {

    /** Those of the embedded database in a data folder; its server outlives a killed hub until the next one starts. */
    static Books of(Path data) {
        try {
            return new Books("jdbc:postgresql://127.0.0.1:" + Files.readString(data.resolve("postgres.port")).strip() + "/serai?connectTimeout=3", "serai",
                    Files.readString(data.resolve("postgres.password")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("there is no database in " + data, unreadable);
        }
    }

    /** @throws DataAccessResourceFailureException when the database is away */
    List<Map<String, Object>> read(String sql, Object... parameters) {
        try (Connection connection = DriverManager.getConnection(url, user, password); PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                query.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = query.executeQuery()) {
                return rows(rows);
            }
        } catch (SQLException away) {
            throw new DataAccessResourceFailureException("the books cannot be read: " + away.getMessage(), away);
        }
    }

    long count(String sql) {
        return ((Number) read(sql).getFirst().values().iterator().next()).longValue();
    }

    private static List<Map<String, Object>> rows(ResultSet rows) throws SQLException {
        List<Map<String, Object>> all = new ArrayList<>();
        ResultSetMetaData columns = rows.getMetaData();
        while (rows.next()) {
            Map<String, Object> row = new LinkedHashMap<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                row.put(columns.getColumnLabel(i), rows.getObject(i));
            }
            all.add(row);
        }
        return all;
    }
}
