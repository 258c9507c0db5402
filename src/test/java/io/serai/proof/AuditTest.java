package io.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.serai.message.Inbound;
import io.serai.proof.Audit.Finding;
import io.serai.proof.Journal.Accepted;
import io.serai.proof.Journal.Arrival;
import io.serai.proof.Journal.Blow;
import io.serai.town.Town;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each promise, broken by hand: an audit that finds nothing has looked. */
@Tag("database")
class AuditTest {

    private static final AtomicInteger PEOPLE = new AtomicInteger();
    private static Town town;

    private final Journal journal = new Journal();
    private final String person = "k" + 3 * PEOPLE.incrementAndGet(); // whom the weather may meet

    @BeforeAll
    static void open() {
        town = Town.with(Map.of());
        town.model().answersBy(request -> "Heard " + request.lastUser().lines().toList().getLast());
    }

    @AfterAll
    static void close() {
        town.close();
    }

    @Test
    void findsNothingWhereAllPromisesWereKept() {
        isAnswered(1);
        isAnswered(2);
        journal.refused(0);
        journal.refused(503);
        assertThat(findings()).allSatisfy(finding -> assertThat(finding.broken()).as(finding.promise()).isEmpty());
        assertThat(finding("doubled").of()).isEqualTo(2);
    }

    @Test
    void findsADoorThatSaysAnythingButYesOrNoRoom() {
        journal.refused(500);
        journal.said(person + "-1");
        assertThat(finding("turned away").broken()).containsExactly("with 500", person + "-1");
    }

    @Test
    void findsWhatHasNoEnd() {
        isSaid(1);
        assertThat(finding("lost").broken()).containsExactly(person + "-1");
    }

    @Test
    void findsWhatNobodyWillAnswer() {
        isAnswered(1);
        isSaid(2);
        isDead("turns", message(2), false);
        assertThat(finding("lost").broken()).isEmpty();
        assertThat(finding("given up").broken()).containsExactly(person + "-2");
    }

    @Test
    void findsAReplyThatNobodyWillSend() {
        isSaid(1);
        isDead("parcels", parcel(1), false);
        assertThat(finding("lost").broken()).isEmpty();
        assertThat(finding("given up").broken()).containsExactly(person + "-1");
    }

    @Test
    void excusesWhomBadWeatherMet() {
        isSaid(1);
        isDead("parcels", parcel(1), false);
        assertThat(new Audit(journal, books(), Weather.ofChannels(1)).findings()).filteredOn(finding -> finding.promise().equals("given up"))
                .singleElement().satisfies(finding -> assertThat(finding.broken()).doesNotContain(person + "-1"));
    }

    @Test
    void findsWhatIsStoredTwice() {
        isAnswered(1);
        receives(person + "-1");
        assertThat(finding("doubled").broken()).containsExactly(person + "-1");
    }

    @Test
    void findsWhatTwoRepliesAnswer() {
        isAnswered(1);
        arrives(parcel(1) + 1_000_000, person, "Heard " + person + "-1", false);
        assertThat(finding("doubled").broken()).containsExactly(person + "-1");
    }

    @Test
    void findsAParcelThatCameTwiceToWhereNobodyCanTell() {
        isAnswered(1);
        arrives(parcel(1), person, "Heard " + person + "-1", false);
        assertThat(finding("doubled").broken()).as("known by its id").isEmpty();
        isSaid(2);
        arrives(parcel(2), person, "Heard " + person + "-2", true);
        arrives(parcel(2), person, "Heard " + person + "-2", true);
        assertThat(finding("doubled").broken()).containsExactly(person + "-2");
    }

    @Test
    void findsWhatWasToldToSomebodyElse() {
        isSaid(1);
        arrives(parcel(1), "k0", "Heard " + person + "-1", false);
        assertThat(finding("astray").broken()).containsExactly(person + "-1");
    }

    @Test
    void findsAnAnswerThatCameAfterTheNext() {
        isSaid(1);
        isAnswered(2);
        arrives(parcel(1), person, "Heard " + person + "-1", false);
        assertThat(finding("out of order").broken()).containsExactly(person + "-1");
    }

    @Test
    void findsHalfAnAnswer() {
        isSaid(1);
        arrives(parcel(1), person, "Heard " + person, false);
        assertThat(finding("partial").broken()).containsExactly("parcel " + parcel(1));
    }

    @Test
    void findsAParcelThatNobodyIsAt() {
        isAnswered(1);
        long parcel = parcel(1);
        await().until(() -> state(parcel).equals("sent"));
        town.sql().sql("update parcel set state = 'sending' where id = :id").param("id", parcel).update();
        try {
            assertThat(finding("limbo").broken()).contains("parcel " + parcel + " sending");
        } finally {
            town.sql().sql("update parcel set state = 'sent' where id = :id").param("id", parcel).update();
        }
    }

    @Test
    void findsADoubtThatNothingExplains() {
        isSaid(1);
        long parcel = parcel(1);
        Instant begun = begun(parcel);
        isDead("parcels", parcel, true);
        assertThat(finding("unknown").broken()).contains("parcel " + parcel);
        journal.struck(new Blow(begun.plusSeconds(60), begun.plusSeconds(60), Siege.KILL, true));
        assertThat(finding("unknown").broken()).as("a blow a minute later").contains("parcel " + parcel);
        journal.struck(new Blow(begun.minusSeconds(30), begun.plusSeconds(60), Siege.FREEZE, true));
        assertThat(finding("unknown").broken()).as("while the other hub hung").contains("parcel " + parcel);
        journal.struck(new Blow(begun.plusSeconds(1), begun.plusSeconds(1), Siege.KILL, true));
        assertThat(finding("unknown").broken()).as("a blow in the middle of it").doesNotContain("parcel " + parcel);
    }

    private List<Finding> findings() {
        List<String> mine = List.of("turned away", "lost", "doubled", "astray", "out of order", "partial", "early");
        return new Audit(journal, books(), Weather.FAIR).findings().stream().filter(finding -> mine.contains(finding.promise())).toList();
    }

    private Finding finding(String promise) {
        Finding all = new Audit(journal, books(), Weather.FAIR).findings().stream().filter(finding -> finding.promise().equals(promise)).findFirst().orElseThrow();
        List<String> ours = all.broken().stream().filter(what -> !what.startsWith("k") || what.startsWith(person + "-")).toList();
        return new Finding(promise, ours, all.of(), all.remark());
    }

    private void isSaid(int place) {
        String number = person + "-" + place;
        receives(number);
        journal.said(number);
        journal.accepted(new Accepted(number, Instant.now(), 1, Duration.ZERO));
    }

    private void isAnswered(int place) {
        isSaid(place);
        arrives(parcel(place), person, "Heard " + person + "-" + place, false);
    }

    private void receives(String number) {
        town.answer(town.receives(Inbound.of("webhook", "", person, UUID.randomUUID().toString(), number, town.clock().instant())));
    }

    private void arrives(long parcel, String handle, String text, boolean once) {
        journal.arrived(new Arrival(Instant.now(), parcel, handle, text, once));
    }

    private long message(int place) {
        return town.sql().sql("select min(id) from message where text = :text").param("text", person + "-" + place).query(Long.class).single();
    }

    private long parcel(int place) {
        return town.sql().sql("select parcel.id from parcel join message on reply_id = answer_id where message.text = :text")
                .param("text", person + "-" + place).query(Long.class).list().getFirst();
    }

    private String state(long parcel) {
        return town.sql().sql("select state from parcel where id = :id").param("id", parcel).query(String.class).single();
    }

    private Instant begun(long parcel) {
        await().until(() -> state(parcel).equals("sent"));
        town.sql().sql("update parcel set begun_at = created_at where id = :id").param("id", parcel).update();
        return town.sql().sql("select begun_at from parcel where id = :id").param("id", parcel).query(java.sql.Timestamp.class).single().toInstant();
    }

    private void isDead(String queue, long subject, boolean mayHaveArrived) {
        town.sql().sql("""
                insert into dead_letter (queue, conversation_id, shape, subjects, reason, trace, attempts, may_have_arrived)
                select :queue, conversation_id, 'x', array[:subject], 'broken by hand', '', 1, :may from message where text like :person limit 1
                """).param("queue", queue).param("subject", subject).param("may", mayHaveArrived).param("person", person + "-%").update();
    }

    private static Books books() {
        var pool = (HikariDataSource) town.bean(DataSource.class);
        return new Books(pool.getJdbcUrl(), pool.getUsername(), pool.getPassword());
    }
}
