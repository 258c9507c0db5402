package io.serai.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.serai.town.TestDatabase;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Vectors of six bits an axis: the same in Java and in SQL, also for what was kept before, and as near to each other as they were. */
@Tag("database")
class PlanesTest {

    private static final int AXES = 384;

    private static final String LIKENESS = """
            select sum(weight * (length(facet) - 2 * bit_count(facet # substring(:one::bit varying from start for length(facet)))))
            from facets(:other::bit varying)
            """;

    private static JdbcClient database;

    private final Random random = new Random(7);

    /** A turn that an earlier version made findable. */
    private static float[] kept;

    @BeforeAll
    static void migrate() {
        TestDatabase town = TestDatabase.create();
        DriverManagerDataSource connections = new DriverManagerDataSource(town.url(), town.user(), town.password());
        Flyway.configure().dataSource(connections).locations("filesystem:memory/migrations").target("31").load().migrate();
        database = JdbcClient.create(connections);
        kept = vector(new Random(3));
        database.sql("""
                with ada as (insert into contact (name) values ('Ada') returning id),
                talk as (insert into conversation (contact_id, key) select id, 'main' from ada returning id, contact_id),
                said as (insert into message (conversation_id, contact_id, role, author, text, channel, account, tokens, said_at)
                         select id, contact_id, 'user', 'Ada', 'Hello', 'story', '', 1, now() from talk returning *)
                insert into recollection (message_id, contact_id, conversation_id, place, sitting, role, said_at, size, embedding)
                select id, contact_id, conversation_id, 1, id, role, said_at, 5, (:embedding::real[])::vector from said
                """).param("embedding", kept).update();
        Flyway.configure().dataSource(connections).locations("filesystem:memory/migrations").load().migrate();
    }

    @Test
    void areMadeOfWhatAnEarlierVersionKept() {
        assertThat(database.sql("select (signs || planes)::text from recollection").query(String.class).single()).isEqualTo(Planes.of(kept));
        assertThat(database.sql("select signs::text from recollection").query(String.class).single()).isEqualTo(Planes.signs(kept)).hasSize(AXES);
    }

    @Test
    void areTheSameInJavaAndInSql() {
        for (float[] vector : List.of(vector(random), vector(random), new float[] {0, -0f, 1, -1, 0.01f, -0.01f, 0.7f})) {
            assertThat(database.sql("select planes(:vector)::text").param("vector", vector).query(String.class).single()).isEqualTo(Planes.of(vector));
        }
    }

    @Test
    void areAsNearToEachOtherAsTheVectors() {
        for (int pair = 0; pair < 100; pair++) {
            float[] one = vector(random);
            float[] other = mixed(one, vector(random), pair / 100f);
            double cosine = IntStream.range(0, AXES).mapToDouble(axis -> one[axis] * other[axis]).sum();
            assertThat(database.sql(LIKENESS).param("one", Planes.of(one)).param("other", Planes.of(other)).query(Double.class).single())
                    .isCloseTo(cosine, within(0.015));
        }
    }

    private static float[] vector(Random random) {
        float[] axes = new float[AXES];
        IntStream.range(0, AXES).forEach(axis -> axes[axis] = (float) random.nextGaussian());
        return mixed(axes, axes, 1);
    }

    private static float[] mixed(float[] one, float[] other, float share) {
        double[] mixed = IntStream.range(0, AXES).mapToDouble(axis -> share * one[axis] + (1 - share) * other[axis]).toArray();
        double length = Math.sqrt(IntStream.range(0, AXES).mapToDouble(axis -> mixed[axis] * mixed[axis]).sum());
        float[] vector = new float[AXES];
        IntStream.range(0, AXES).forEach(axis -> vector[axis] = (float) (mixed[axis] / length));
        return vector;
    }
}
