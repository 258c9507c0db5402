package io.serai.memory;

import io.serai.database.Parsed;
import io.serai.message.Contact;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.RowMapperResultSetExtractor;
import org.springframework.jdbc.core.SqlTypeValue;
import org.springframework.jdbc.core.StatementCreatorUtils;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The second wall between contacts: a query is run by a role that sees the rows of one contact and no others, whatever the query itself
 * filters by (memory/migrations/V10__recall.sql), and of these the conversations within reach (V31__talks.sql).
 *
 * <p>The role, the contact and how long the query may take are set in its round trip: what PostgreSQL is sent in one message is one transaction, and
 * when it ends the connection is what it was.
 *
 * <p>Where the hub's user may not become that role, a warning says what has to be done, and there is only the first wall: each query's own filter.
 */
@Component
class Wall {

    private static final Logger log = LoggerFactory.getLogger(Wall.class);

    private static final String REACH = "reach";

    private static final String BEFORE = """
            select set_config('serai.contact', ?::text, true), set_config('serai.reach', ?::text, true), set_config('statement_timeout', '%d', true)%s;
            """;

    private final JdbcTemplate jdbc;
    private final String behind;

    Wall(JdbcTemplate jdbc, AnswerSettings settings) {
        this.jdbc = jdbc;
        behind = BEFORE.formatted(settings.layerTimeout().toMillis(), stands() ? ", set_config('role', 'serai_recall', true)" : "");
    }

    private boolean stands() {
        if (Boolean.TRUE.equals(jdbc.queryForObject("select has_wall()", Boolean.class))) {
            jdbc.execute("call open_wall()");
            return true;
        }
        String user = jdbc.queryForObject("select quote_ident(current_user)", String.class);
        log.warn("Searches have no second wall: the database user {} may not become the role serai_recall. Let a superuser run: "
                + "CREATE ROLE serai_recall NOLOGIN; GRANT serai_recall TO {}; (the first unless the role is there), and start the hub again", user, user);
        return false;
    }

    /**
     * @param sql one query; its {@code :contact} is this contact
     * @param parameters with {@code reach}, what an isolated conversation sees; without it, what all others do
     */
    <T> List<T> ask(Contact contact, String sql, Map<String, ?> parameters, RowMapper<T> row) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("a search inside a transaction would leave the rest of it behind the wall");
        }
        var parsed = Parsed.of(sql);
        var source = new MapSqlParameterSource(parameters).addValue("contact", contact.id());
        // What stands in a list has a place each, as in `in (:handles)`.
        Object[] values = Arrays.stream(parsed.values(source))
                .flatMap(value -> value instanceof Collection<?> several ? several.stream() : Collections.singletonList(value).stream())
                .toArray();
        return jdbc.execute(behind + parsed.query(source), (PreparedStatement statement) -> rows(statement, contact, parameters.get(REACH), values, row));
    }

    private static <T> List<T> rows(PreparedStatement statement, Contact contact, Object reach, Object[] values, RowMapper<T> row)
            throws SQLException {
        statement.setString(1, String.valueOf(contact.id()));
        statement.setString(2, String.valueOf(reach == null ? 0 : reach));
        for (int place = 0; place < values.length; place++) {
            StatementCreatorUtils.setParameterValue(statement, place + 3, SqlTypeValue.TYPE_UNKNOWN, values[place]);
        }
        statement.execute();
        if (!statement.getMoreResults()) {
            throw new SQLException("a layer is one query that returns rows");
        }
        try (ResultSet found = statement.getResultSet()) {
            return new RowMapperResultSetExtractor<>(row).extractData(found);
        }
    }
}
