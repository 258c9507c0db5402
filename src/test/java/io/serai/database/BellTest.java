package io.serai.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.serai.town.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Tag("database")
class BellTest {

    private final List<String> heardHere = new CopyOnWriteArrayList<>();
    private final List<String> heardElsewhere = new CopyOnWriteArrayList<>();
    private final List<Bell> bells = new ArrayList<>();
    private TransactionTemplate transaction;
    private JdbcClient database;
    private TestDatabase town;
    private Bell here;
    private Bell elsewhere;

    @BeforeEach
    void hangUp() {
        town = TestDatabase.create();
        database = JdbcClient.create(connections());
        transaction = new TransactionTemplate(new JdbcTransactionManager(connections()));
        here = bell();
        elsewhere = bell();
        here.listen("turns", heardHere::add);
        elsewhere.listen("turns", heardElsewhere::add);
    }

    @AfterEach
    void takeDown() {
        bells.stream().filter(Bell::isRunning).forEach(Bell::stop);
    }

    @Test
    void ringsAtOnceOutsideOfATransaction() {
        here.ring("turns", "7");

        assertThat(heardHere).containsExactly("7");
    }

    @Test
    void callsWhoWaitsForOneRingAtNoOther() {
        List<String> called = new ArrayList<>();
        here.listen("turns", "7", () -> called.add("first"));
        Bell.Listening second = here.listen("turns", "7", () -> called.add("second"));

        here.ring("turns", "70");
        here.ring("parcels", "7");
        assertThat(called).isEmpty();

        here.ring("turns", "7");
        second.close();
        here.ring("turns", "7");

        assertThat(called).containsExactly("first", "second", "first");
        assertThat(heardHere).containsExactly("70", "7", "7");
    }

    @Test
    void ringsOnceTheTransactionHasCommitted() {
        transaction.executeWithoutResult(status -> {
            here.ring("turns", "7");
            assertThat(heardHere).isEmpty();
        });

        assertThat(heardHere).containsExactly("7");
    }

    @Test
    void staysSilentWhenTheTransactionRollsBack() {
        hears(here);
        hears(elsewhere);

        transaction.executeWithoutResult(status -> {
            here.ring("turns", "never");
            status.setRollbackOnly();
        });
        here.ring("turns", "last");

        await().untilAsserted(() -> assertThat(heardElsewhere).contains("last"));
        assertThat(heardHere).doesNotContain("never");
        assertThat(heardElsewhere).doesNotContain("never");
    }

    @Test
    void letsAListenerRingInItsTurn() {
        here.listen("parcels", parcel -> here.ring("turns", "after " + parcel));

        transaction.executeWithoutResult(status -> here.ring("parcels", "1"));

        assertThat(heardHere).containsExactly("after 1");
    }

    @Test
    void tellsTheOthersWhenOneListenerThrows() {
        Bell bell = bell();
        bell.listen("turns", payload -> {
            throw new IllegalStateException("not quick, and it throws");
        });
        bell.listen("turns", heardHere::add);

        bell.ring("turns", "7");

        assertThat(heardHere).containsExactly("7");
    }

    @Test
    void stopsTellingWhoClosedTheirEar() {
        here.listen("parcels", heardHere::add).close();

        here.ring("parcels", "7");

        assertThat(heardHere).isEmpty();
    }

    @Test
    void isHeardInAnotherHubAndOnlyOnceAtHome() {
        hears(here);
        hears(elsewhere);
        heardHere.clear();

        here.ring("turns", "7");
        elsewhere.ring("turns", "back");

        await().untilAsserted(() -> assertThat(heardElsewhere).contains("7"));
        await().untilAsserted(() -> assertThat(heardHere).contains("back"));
        assertThat(heardHere).containsExactlyInAnyOrder("7", "back");
    }

    @Test
    void sendsOnceWhatRangOften() {
        IntStream.range(0, 50).forEach(again -> here.ring("turns", "same"));
        here.ring("turns", "last");
        hears(elsewhere);
        heardElsewhere.clear();

        here.start();

        await().untilAsserted(() -> assertThat(heardElsewhere).contains("last"));
        assertThat(heardElsewhere).containsExactly("same", "last");
    }

    @Test
    void dropsWhatIsTooMuch() {
        hears(elsewhere);
        heardElsewhere.clear();
        IntStream.range(0, 30_000).forEach(number -> here.ring("turns", "ring " + number));

        here.start();

        await().untilAsserted(() -> assertThat(heardElsewhere).hasSize(Rope.LONGEST_QUEUE));
        assertThat(heardHere).hasSize(30_000);
    }

    @Test
    void hearsAgainAfterItsConnectionWasLost() {
        hears(here);
        hears(elsewhere);

        int lost = database.sql("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and query = 'listen serai'")
                .query(Integer.class)
                .single();
        heardElsewhere.clear();

        assertThat(lost).isEqualTo(2);
        await().untilAsserted(() -> {
            here.ring("turns", "back");
            assertThat(heardElsewhere).contains("back");
        });
    }

    @Test
    void overhearsWhatDoesNotComeFromAHub() {
        hears(elsewhere);

        database.sql("select pg_notify('serai', 'hello')").query().singleValue();
        database.sql("select pg_notify('serai', '')").query().singleValue();
        database.sql("select pg_notify('serai', E'them\\tturns\\tlast')").query().singleValue();

        await().untilAsserted(() -> assertThat(heardElsewhere).endsWith("last"));
        assertThat(heardElsewhere).doesNotContain("hello", "");
    }

    @Test
    void refusesToCarryALetter() {
        assertThatIllegalArgumentException().isThrownBy(() -> here.ring("turns", "x".repeat(3_000)));
        assertThatIllegalArgumentException().isThrownBy(() -> here.ring("tu\trns", "7"));
        assertThat(heardHere).isEmpty();
    }

    /** Starts it and waits until it hears what comes from outside. */
    private void hears(Bell bell) {
        bell.start();
        List<String> probes = new CopyOnWriteArrayList<>();
        Bell.Listening probing = bell.listen("probe", probes::add);
        await().untilAsserted(() -> {
            database.sql("select pg_notify('serai', E'them\\tprobe\\t')").query().singleValue();
            assertThat(probes).isNotEmpty();
        });
        probing.close();
    }

    private Bell bell() {
        Bell bell = new Bell(connections(), new Server(town.url(), town.user(), town.password()));
        bells.add(bell);
        return bell;
    }

    private DriverManagerDataSource connections() {
        return new DriverManagerDataSource(town.url(), town.user(), town.password());
    }
}
