package io.serai.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.serai.message.Lease;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("database")
class LanesTest {

    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration OVER = Duration.ofMillis(-1);
    private static final Workshop workshop = new Workshop();

    private final Lanes lanes = workshop.lanes();
    private final Leases leases = workshop.leases();
    private long conversation;

    @BeforeEach
    void beginWithEmptyLanes() {
        workshop.sql().sql("delete from work").update();
        workshop.sql().sql("delete from lane").update();
        conversation = workshop.conversation();
    }

    @AfterAll
    static void close() {
        workshop.close();
    }

    @Test
    void takesAllThatWaitsInAConversationAsOneTurn() {
        workshop.put(Queue.TURNS, conversation, 1, 2, 3);
        assertThat(claim(Queue.TURNS)).singleElement().extracting(Claim::subjects).isEqualTo(List.of(1L, 2L, 3L));
    }

    @Test
    void takesParcelsOneByOneInTheirOrder() {
        workshop.put(Queue.PARCELS, conversation, 7, 8);
        Claim first = claim(Queue.PARCELS).getFirst();
        assertThat(first.subjects()).containsExactly(7L);
        assertThat(claim(Queue.PARCELS)).isEmpty();
        leases.finish(first.lease());
        assertThat(claim(Queue.PARCELS).getFirst().subjects()).containsExactly(8L);
    }

    @Test
    void givesAConversationToOneWorkerOnly() throws Exception {
        long[] conversations = LongStream.range(0, 40).map(number -> workshop.conversation()).toArray();
        for (long each : conversations) {
            workshop.put(Queue.TURNS, each, each);
        }
        Set<Long> taken = ConcurrentHashMap.newKeySet();
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int worker = 0; worker < 8; worker++) {
                workers.submit(() -> {
                    for (var claims = workshop.claims().claim(Queue.TURNS, 3, LEASE).claims(); !claims.isEmpty(); claims = workshop.claims().claim(Queue.TURNS, 3, LEASE).claims()) {
                        claims.forEach(claim -> assertThat(taken.add(claim.lease().conversationId())).isTrue());
                    }
                    return null;
                });
            }
        }
        assertThat(taken).hasSize(40);
    }

    @Test
    void leavesWhatComesMeanwhileForTheNextTurn() {
        workshop.put(Queue.TURNS, conversation, 1);
        Claim first = claim(Queue.TURNS).getFirst();
        workshop.put(Queue.TURNS, conversation, 2);
        assertThat(claim(Queue.TURNS)).isEmpty();
        leases.finish(first.lease());
        assertThat(claim(Queue.TURNS).getFirst().subjects()).containsExactly(2L);
    }

    @Test
    void refusesWhatAZombieWrites() {
        workshop.put(Queue.TURNS, conversation, 1);
        Lease lost = workshop.claims().claim(Queue.TURNS, 1, OVER).claims().getFirst().lease();
        Lease current = claim(Queue.TURNS).getFirst().lease();
        assertThat(current.epoch()).isGreaterThan(lost.epoch());
        assertThatThrownBy(() -> leases.finish(lost)).isInstanceOf(LeaseLost.class);
        assertThat(workshop.claims().prolong(Queue.TURNS, List.of(lost), LEASE)).isZero();
        leases.finish(current);
        assertThat(claim(Queue.TURNS)).isEmpty();
    }

    @Test
    void prolongsTheLeasesBesideALaneThatSomebodyHolds() throws SQLException {
        workshop.put(Queue.TURNS, conversation, 1);
        workshop.put(Queue.TURNS, workshop.conversation(), 1);
        List<Lease> both = claim(Queue.TURNS).stream().map(Claim::lease).toList();
        assertThat(both).hasSize(2);
        try (Connection vanished = workshop.database.connect()) {
            vanished.setAutoCommit(false);
            vanished.createStatement().execute("select from lane where conversation_id = %d for update".formatted(conversation));

            int prolonged = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> workshop.claims().prolong(Queue.TURNS, both, LEASE));

            assertThat(prolonged).isOne();
            vanished.rollback();
        }
        assertThat(workshop.claims().prolong(Queue.TURNS, both, LEASE)).isEqualTo(2);
        both.forEach(leases::finish);
    }

    @Test
    void countsAnAttemptBeforeTheWork() {
        workshop.put(Queue.TURNS, conversation, 1);
        assertThat(workshop.dies(Queue.TURNS).getFirst().lease().attempt()).isEqualTo(1);
        assertThat(workshop.dies(Queue.TURNS).getFirst().lease().attempt()).isEqualTo(2);
    }

    @Test
    void countsNoAttemptForADeath() {
        workshop.put(Queue.TURNS, conversation, 1);
        leases.retry(claim(Queue.TURNS).getFirst().lease(), Duration.ZERO, true, "it failed");
        workshop.dies(Queue.TURNS);
        workshop.dies(Queue.TURNS);
        workshop.put(Queue.TURNS, conversation, 2);
        assertThat(workshop.dies(Queue.TURNS).getFirst().pieces()).containsExactly(new Claim.Piece(1, 2, 2 * Claim.DEATH), new Claim.Piece(2, 1, 0));
    }

    @Test
    void takesOneAtATimeOfThoseWhoWereThereTwiceWhenAHubDied() {
        long poison = workshop.conversation();
        workshop.put(Queue.TURNS, conversation, 1);
        workshop.put(Queue.PARCELS, conversation, 2);
        workshop.put(Queue.TURNS, poison, 3);
        for (int death = 0; death < 2; death++) {
            assertThat(workshop.dies(Queue.TURNS)).hasSize(2).noneMatch(Claim::alone);
            assertThat(workshop.dies(Queue.PARCELS)).hasSize(1).noneMatch(Claim::alone);
        }
        long other = workshop.conversation();
        workshop.put(Queue.TURNS, other, 4);

        List<Claim> taken = claim(Queue.TURNS);
        Claim suspect = taken.stream().filter(Claim::alone).findFirst().orElseThrow();
        assertThat(taken).hasSize(2).extracting(claim -> claim.lease().conversationId()).contains(other);
        assertThat(claim(Queue.PARCELS)).isEmpty();
        leases.finish(suspect.lease());
        workshop.claims().done(suspect);
        assertThat(workshop.dies(Queue.PARCELS)).hasSize(1);
    }

    @Test
    void takesNoMoreThanThereAreWorkersForWithASuspect() {
        workshop.put(Queue.TURNS, conversation, 1);
        workshop.dies(Queue.TURNS);
        workshop.dies(Queue.TURNS);
        workshop.put(Queue.TURNS, workshop.conversation(), 2);
        workshop.put(Queue.TURNS, workshop.conversation(), 3);

        List<Claim> two = workshop.claims().claim(Queue.TURNS, 2, LEASE).claims();
        assertThat(two).hasSize(2).filteredOn(Claim::alone).singleElement().extracting(Claim::subjects).isEqualTo(List.of(1L));
        assertThat(workshop.claims().claim(Queue.TURNS, 2, LEASE).claims()).hasSize(1).noneMatch(Claim::alone);
        two.forEach(workshop.claims()::done);
    }

    @Test
    void takesTheLeastSuspectedFirstSoThatADeathMeetsNotAlwaysTheSame() {
        workshop.put(Queue.TURNS, conversation, 1);
        workshop.put(Queue.TURNS, workshop.conversation(), 2);
        workshop.dies(Queue.TURNS);
        workshop.dies(Queue.TURNS);
        Claim first = workshop.dies(Queue.TURNS).getFirst();
        Claim second = workshop.dies(Queue.TURNS).getFirst();
        assertThat(first.alone() && second.alone()).isTrue();
        assertThat(second.lease().conversationId()).isNotEqualTo(first.lease().conversationId());
    }

    @Test
    void suspectsNobodyAnyMoreOnceTheLaneCameToAnEnd() {
        workshop.put(Queue.TURNS, conversation, 1);
        workshop.dies(Queue.TURNS);
        workshop.dies(Queue.TURNS);
        Claim suspect = claim(Queue.TURNS).getFirst();
        leases.retry(suspect.lease(), Duration.ZERO, true, "it failed, and the hub lives");
        workshop.claims().done(suspect);
        Claim again = claim(Queue.TURNS).getFirst();
        assertThat(again.alone()).isFalse();
        assertThat(again.pieces()).containsExactly(new Claim.Piece(1, 2, 0));
    }

    @Test
    void waitsUntilWorkIsDue() {
        lanes.put(Queue.TURNS, conversation, 1, Duration.ofMinutes(5));
        assertThat(claim(Queue.TURNS)).isEmpty();
        assertThat(workshop.claims().claim(Queue.TURNS, 10, LEASE).next()).hasValueSatisfying(due -> assertThat(due).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5)));
    }

    @Test
    void answersABurstWhenItsFirstMessageIsDue() {
        lanes.put(Queue.TURNS, conversation, 1, Duration.ZERO);
        lanes.put(Queue.TURNS, conversation, 2, Duration.ofMinutes(5));
        assertThat(claim(Queue.TURNS).getFirst().subjects()).containsExactly(1L, 2L);
    }

    @Test
    void holdsLaterParcelsBehindOneThatWaitsForItsRetry() {
        workshop.put(Queue.PARCELS, conversation, 7);
        leases.retry(claim(Queue.PARCELS).getFirst().lease(), Duration.ofMinutes(5), true, "the far side is down");
        workshop.put(Queue.PARCELS, conversation, 8);
        assertThat(claim(Queue.PARCELS)).isEmpty();
    }

    @Test
    void letsWhoWritesAgainWaitWithWhatFailed() {
        workshop.put(Queue.TURNS, conversation, 1);
        leases.retry(claim(Queue.TURNS).getFirst().lease(), Duration.ofMinutes(1), true, "no model answered");
        workshop.put(Queue.TURNS, conversation, 2);
        assertThat(claim(Queue.TURNS)).isEmpty();
        lanes.hurry(Queue.TURNS, List.of(conversation));
        assertThat(claim(Queue.TURNS).getFirst().pieces()).containsExactly(new Claim.Piece(1, 2, 0), new Claim.Piece(2, 1, 0));
    }

    @Test
    void letsWhoWroteDuringTheAttemptWaitWithWhatFailed() {
        workshop.put(Queue.TURNS, conversation, 1);
        Claim first = claim(Queue.TURNS).getFirst();
        workshop.put(Queue.TURNS, conversation, 2);
        leases.retry(first.lease(), Duration.ofMinutes(1), true, "no model answered");
        assertThat(claim(Queue.TURNS)).isEmpty();
    }

    @Test
    void isNotDeafForHoursWhenWhatFailedWasToldToComeBackThen() {
        workshop.put(Queue.TURNS, conversation, 1);
        Claim first = claim(Queue.TURNS).getFirst();
        leases.retry(first.lease(), Duration.ofHours(5), true, "the quota of the day is used up");
        workshop.put(Queue.TURNS, conversation, 2);
        assertThat(next()).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(2));

        workshop.sql().sql("update lane set due_at = now()").update();
        Claim both = claim(Queue.TURNS).getFirst();
        workshop.put(Queue.TURNS, conversation, 3);
        leases.retry(both.lease(), Duration.ofHours(5), true, "the quota of the day is used up");
        assertThat(next()).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(2));
    }

    @Test
    void asksAtOnceForWhoWritesAgainWhereNoAttemptWasUsedUp() {
        workshop.put(Queue.TURNS, conversation, 1);
        leases.retry(claim(Queue.TURNS).getFirst().lease(), Duration.ofMinutes(1), false, "the model is left alone");
        workshop.put(Queue.TURNS, conversation, 2);
        assertThat(claim(Queue.TURNS).getFirst().pieces()).containsExactly(new Claim.Piece(1, 1, 0), new Claim.Piece(2, 1, 0));
    }

    @Test
    void usesUpNoAttemptWhenARetryDoesNotCount() {
        workshop.put(Queue.PARCELS, conversation, 7);
        leases.retry(claim(Queue.PARCELS).getFirst().lease(), Duration.ZERO, false, "the account is paused");
        assertThat(claim(Queue.PARCELS).getFirst().lease().attempt()).isEqualTo(1);
    }

    @Test
    void hasTheRestOfATurnDoneAsIfItHadNotBeenTaken() {
        workshop.put(Queue.TURNS, conversation, 1, 2, 3);
        leases.finish(claim(Queue.TURNS).getFirst().lease(), List.of(1L));
        Claim rest = claim(Queue.TURNS).getFirst();
        assertThat(rest.subjects()).containsExactly(2L, 3L);
        assertThat(rest.lease().attempt()).isEqualTo(1);
    }

    @Test
    void losesNothingThatIsPutWhileAWorkerFinishes() throws Exception {
        Set<Long> done = ConcurrentHashMap.newKeySet();
        try (var town = Executors.newVirtualThreadPerTaskExecutor()) {
            var putting = town.submit(() -> LongStream.rangeClosed(1, 300).forEach(subject -> workshop.put(Queue.TURNS, conversation, subject)));
            while (done.size() < 300) {
                boolean wasLast = putting.isDone();
                List<Claim> claims = claim(Queue.TURNS);
                assertThat(claims.isEmpty() && wasLast).as("something waits that nobody can claim").isFalse();
                claims.forEach(claim -> {
                    claim.subjects().forEach(subject -> assertThat(done.add(subject)).isTrue());
                    leases.finish(claim.lease());
                });
            }
        }
    }

    /** How long until there is a turn to take. */
    private Duration next() {
        return workshop.claims().claim(Queue.TURNS, 10, LEASE).next().orElseThrow();
    }

    private List<Claim> claim(Queue queue) {
        return workshop.claims().claim(queue, 10, LEASE).claims();
    }
}
