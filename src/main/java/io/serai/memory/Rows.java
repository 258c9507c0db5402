package io.serai.memory;

import io.serai.message.Line;
import io.serai.message.Role;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Objects;

/** What the query of a layer returns, row by row. */
final class Rows {

    private Rows() {}

    static Line line(ResultSet row, int number) throws SQLException {
        String role = row.getString("role");
        var at = row.getObject("at", OffsetDateTime.class);
        return new Line(Objects.requireNonNullElse(row.getString("source"), ""), role == null ? null : role(role), at == null ? null : at.toInstant(),
                Objects.requireNonNullElse(row.getString("text"), ""));
    }

    private static Role role(String word) throws SQLException {
        return Arrays.stream(Role.values())
                .filter(role -> role.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new SQLDataException("the role '" + word + "' is none of user, assistant", "22023"));
    }
}
