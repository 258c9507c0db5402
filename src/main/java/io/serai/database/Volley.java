package io.serai.database;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.PreparedStatementCallback;
import org.springframework.jdbc.core.SqlTypeValue;
import org.springframework.jdbc.core.StatementCreatorUtils;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.util.ConcurrentLruCache;

/**
 * Statements that go to the server together and run there in their order: one round trip instead of one for each, which is most of what a short statement
 * costs. Each sees what those before it did, and what others had committed when it began. Without a transaction around them they are one by themselves
 * (PostgreSQL manual, 53.2.4 Pipelining).
 */
public final class Volley {

    /** Reads what a statement found. */
    @FunctionalInterface
    public interface Reader {

        void read(ResultSet found) throws SQLException;
    }

    /** The same statements go together again and again, and make a long text. */
    private static final ConcurrentLruCache<List<String>, String> TOGETHER = new ConcurrentLruCache<>(256,
            statements -> statements.stream().map(sql -> Parsed.of(sql).query()).collect(Collectors.joining(";\n")));

    /** @param parameters none of them a list: an array is one value */
    private record Shot(String sql, MapSqlParameterSource parameters, Reader reader) {}

    private final List<Shot> shots = new ArrayList<>();

    /** Adds a statement that changes something. */
    public Volley add(String sql, MapSqlParameterSource parameters) {
        return add(sql, parameters, null);
    }

    /**
     * Adds a statement that finds something.
     *
     * @param reader is given the rows, before the first of them; what it throws ends the volley
     */
    public Volley add(String sql, MapSqlParameterSource parameters, Reader reader) {
        shots.add(new Shot(sql, parameters, reader));
        return this;
    }

    /** @throws org.springframework.dao.DataAccessException when one of them fails; inside a transaction, none of them has then happened */
    public void fire(JdbcOperations jdbc) {
        jdbc.execute(TOGETHER.get(shots.stream().map(Shot::sql).toList()), (PreparedStatementCallback<Void>) this::fire);
    }

    private Void fire(PreparedStatement statement) throws SQLException {
        int place = 1;
        for (Shot shot : shots) {
            for (Object value : Parsed.of(shot.sql()).values(shot.parameters())) {
                StatementCreatorUtils.setParameterValue(statement, place++, SqlTypeValue.TYPE_UNKNOWN, value);
            }
        }
        boolean rows = statement.execute();
        for (Shot shot : shots) {
            if (shot.reader() != null) {
                read(statement, shot.reader(), rows);
            }
            rows = statement.getMoreResults();
        }
        return null;
    }

    private static void read(PreparedStatement statement, Reader reader, boolean rows) throws SQLException {
        if (!rows) {
            throw new SQLException("a statement of a volley was to find something, and changed something instead");
        }
        try (ResultSet found = statement.getResultSet()) {
            reader.read(found);
        }
    }
}
