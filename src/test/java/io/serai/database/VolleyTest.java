package io.serai.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serai.town.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@Tag("database")
class VolleyTest {

    private static final MapSqlParameterSource NONE = new MapSqlParameterSource();

    private static JdbcTemplate database;

    @BeforeAll
    static void furnish() {
        TestDatabase town = TestDatabase.create();
        database = new JdbcTemplate(new DriverManagerDataSource(town.url(), town.user(), town.password()));
        database.execute("create table stone (id bigint generated always as identity primary key, name text unique)");
    }

    @BeforeEach
    void clear() {
        database.execute("delete from stone");
    }

    @Test
    void runsInOrderAndLetsEachSeeWhatWasDoneBefore() {
        List<String> found = new ArrayList<>();

        new Volley()
                .add("insert into stone (name) values (:name)", name("agate"))
                .add("select name from stone", NONE, rows -> {
                    while (rows.next()) {
                        found.add(rows.getString("name"));
                    }
                })
                .add("update stone set name = name || :name where id = currval('stone_id_seq')", name("!"))
                .add("with gone as (delete from stone returning name) select name from gone", NONE, rows -> {
                    rows.next();
                    found.add(rows.getString("name"));
                })
                .fire(database);

        assertThat(found).containsExactly("agate", "agate!");
    }

    @Test
    void tellsParametersOfTheSameNameApart() {
        new Volley().add("insert into stone (name) values (:name)", name("beryl")).add("insert into stone (name) values (:name)", name(null)).fire(database);

        assertThat(database.queryForList("select name from stone order by id", String.class)).containsExactly("beryl", null);
    }

    @Test
    void doesNothingWhenOneOfThemFails() {
        Volley twice = new Volley().add("insert into stone (name) values (:name)", name("coral")).add("insert into stone (name) values (:name)", name("coral"));

        assertThatThrownBy(() -> twice.fire(database)).isInstanceOf(DuplicateKeyException.class);

        assertThat(database.queryForList("select name from stone", String.class)).isEmpty();
    }

    @Test
    void readsNothingOfAStatementThatFindsNothing() {
        Volley mistaken = new Volley().add("insert into stone (name) values (:name)", name("diamond"), rows -> {});

        assertThatThrownBy(() -> mistaken.fire(database)).isInstanceOf(DataAccessException.class).hasMessageContaining("changed something instead");
    }

    private static MapSqlParameterSource name(String name) {
        return new MapSqlParameterSource("name", name);
    }
}
