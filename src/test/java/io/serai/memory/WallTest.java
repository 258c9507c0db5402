package io.serai.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.memory.Storyteller.Said;
import io.serai.memory.Storyteller.Story;
import io.serai.town.Printed;
import io.serai.town.TestDatabase;
import io.serai.town.Town;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A database user who may make no roles: the hub of an ordinary server. */
@Tag("database")
class WallTest {

    private static final String USER = "plain_" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void standsOnceASuperuserLetsIt(Printed output) throws SQLException {
        TestDatabase database = TestDatabase.create();
        run(database, "create role " + USER + " login password 'plain'");
        run(database, "do $$ begin execute format('alter database %I owner to " + USER + "', current_database()); end $$");
        run(database, "do $$ begin if exists (select from pg_available_extensions where name = 'vector') then create extension vector; end if; end $$");
        run(database, "do $$ begin create role serai_recall nologin; exception when duplicate_object or unique_violation then null; end $$");
        try (Town town = Town.with(Map.of("serai.db.url", database.url(), "serai.db.user", USER, "serai.db.password", "plain", "serai.db.pool-size", 8))) {
            assertThat(output).contains("GRANT serai_recall TO " + USER);
            Story ada = told(town, "Ada", "The code of our gate is 4711");
            told(town, "Bob", "The code of our gate is 4712");
            var teller = new Storyteller(town);
            assertThat(teller.search(ada.contact(), "What is the code of the gate?", 5)).extracting(Found::text).containsExactly("The code of our gate is 4711");
            assertThat(seen(town.bean(Wall.class), ada)).as("without a filter, there is no second wall").isEqualTo(2);

            run(database, "grant serai_recall to " + USER);
            town.stop();
            town.start();
            assertThat(seen(town.bean(Wall.class), ada)).isEqualTo(1);
            assertThat(new Storyteller(town).search(ada.contact(), "What is the code of the gate?", 5)).hasSize(1);
        }
    }

    private static int seen(Wall wall, Story story) {
        return wall.ask(story.contact(), "select distinct contact_id from recollection", Map.of(), (row, number) -> row.getLong(1)).size();
    }

    private static Story told(Town town, String name, String text) {
        return new Storyteller(town).tells(name, List.of(new Said(name, false, Instant.parse("2026-05-04T09:00:00Z"), text)));
    }

    private static void run(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
