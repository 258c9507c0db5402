package io.serai.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.serai.town.TestDatabase;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@Tag("database")
class MigrationsTest {

    private static JdbcClient database;

    @BeforeAll
    static void migrate() {
        TestDatabase town = TestDatabase.create();
        DriverManagerDataSource connections = new DriverManagerDataSource(town.url(), town.user(), town.password());
        Flyway.configure().dataSource(connections).locations("filesystem:memory/migrations").load().migrate();
        database = JdbcClient.create(connections);
    }

    @Test
    void furnishesAnEmptyDatabase() {
        List<String> tables = database.sql("select tablename from pg_tables where schemaname = 'public'").query(String.class).list();

        assertThat(tables).contains("contact", "message", "lane", "work", "parcel", "dead_letter");
    }

    /** Whoever deletes a row has the database look for those that name it. */
    @Test
    void leadsAnIndexWithEachForeignKey() {
        List<String> searched = database.sql("""
                select conrelid::regclass || '.' || attname
                from pg_constraint join pg_attribute on attrelid = conrelid and attnum = conkey[1]
                where contype = 'f' and connamespace = current_schema()::regnamespace and not exists (
                    select from pg_index where indrelid = conrelid and indkey[0] = attnum
                      and (indpred is null or pg_get_expr(indpred, indrelid) = format('(%I IS NOT NULL)', attname)))
                """).query(String.class).list();

        assertThat(searched).isEmpty();
    }

    @Test
    void tellsNoIndexThatAParcelChangesItsState() {
        List<String> told = database.sql("select indexdef from pg_indexes where tablename = 'parcel' and indexdef ~ '\\mstate\\M'").query(String.class).list();

        assertThat(told).isEmpty();
    }

    @Test
    void measuresTheDistanceOfVectors() {
        assertThat(distance(new float[] {1, 0}, new float[] {1, 0})).isCloseTo(0, within(1e-6));
        assertThat(distance(new float[] {1, 0}, new float[] {0, 1})).isCloseTo(1, within(1e-6));
        assertThat(distance(new float[] {0.6f, 0.8f}, new float[] {-0.6f, -0.8f})).isCloseTo(2, within(1e-6));
    }

    @Test
    void findsTheNearestOfWhatWasStored() {
        database.sql("create table place (name text, embedding vector)").update();
        store("north", new float[] {0, 1});
        store("east", new float[] {1, 0});

        String nearest = database.sql("select name from place order by (embedding <=> (?::real[])::vector) + 0 limit 1")
                .param(new float[] {0.8f, 0.6f})
                .query(String.class)
                .single();

        assertThat(nearest).isEqualTo("east");
    }

    private static void store(String name, float[] embedding) {
        database.sql("insert into place values (?, (?::real[])::vector)").param(name).param(embedding).update();
    }

    private static double distance(float[] one, float[] other) {
        return database.sql("select (?::real[])::vector <=> (?::real[])::vector").param(one).param(other).query(Double.class).single();
    }
}
