package io.serai.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.message.DeadLetter;
import io.serai.message.Later;
import io.serai.message.Refused;
import io.serai.work.Workshop.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.CannotCreateTransactionException;

/** What {@code from: work:...} promises to a route. */
@Tag("database")
class WorkTest {

    private static final String QUICK = "?retry=20ms,20ms";

    private final Workshop workshop = new Workshop();
    private final long conversation = workshop.conversation();
    private final BlockingQueue<Task> done = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        workshop.close();
    }

    @Test
    void handsWorkToTheRouteAndIsDoneWithIt() throws Exception {
        workshop.route("work:turns", exchange -> done.add(task(exchange)));
        workshop.put(Queue.TURNS, conversation, 1);
        assertThat(next().subjects()).containsExactly(1L);
        await().until(() -> left() == 0);
    }

    @Test
    void triesAgainWhatFailedAndHoldsTheNextParcelBehindIt() throws Exception {
        workshop.route("work:parcels" + QUICK, exchange -> {
            if (task(exchange).lease().attempt() < 3 && task(exchange).subjects().contains(1L)) {
                throw new IllegalStateException("the far side is down");
            }
            done.add(task(exchange));
        });
        workshop.put(Queue.PARCELS, conversation, 1, 2);
        assertThat(next().subjects()).containsExactly(1L);
        assertThat(next().subjects()).containsExactly(2L);
        assertThat(workshop.failures).isEmpty();
    }

    @Test
    void letsNoConversationWaitForAnother() throws Exception {
        var finish = new CountDownLatch(1);
        long other = workshop.conversation();
        workshop.route("work:turns?workers=2", exchange -> {
            if (task(exchange).lease().conversationId() == conversation) {
                finish.await();
            }
            done.add(task(exchange));
        });
        workshop.put(Queue.TURNS, conversation, 1);
        workshop.put(Queue.TURNS, other, 2);
        assertThat(next().lease().conversationId()).isEqualTo(other);
        finish.countDown();
        assertThat(next().lease().conversationId()).isEqualTo(conversation);
    }

    @Test
    void buriesWhatFailsAtTheLastAttemptAndGoesOn() throws Exception {
        workshop.route("work:parcels" + QUICK, exchange -> {
            if (task(exchange).subjects().contains(1L)) {
                throw new IllegalStateException("it never works");
            }
            done.add(task(exchange));
        });
        workshop.put(Queue.PARCELS, conversation, 1, 2);
        assertThat(next().subjects()).containsExactly(2L);
        DeadLetter letter = failure();
        assertThat(letter.subjects()).containsExactly(1L);
        assertThat(letter.shape()).isEqualTo("Task");
        assertThat(letter.lease().attempt()).isEqualTo(3);
        assertThat(workshop.sql().sql("select reason from dead_letter").query(String.class).list()).containsExactly("it never works");
    }

    @Test
    void buriesAtOnceWhatIsRefused() throws Exception {
        workshop.route("work:parcels?retry=1h", exchange -> {
            throw new Refused("the address does not exist");
        });
        workshop.put(Queue.PARCELS, conversation, 1);
        assertThat(failure().why()).hasMessage("the address does not exist");
    }

    @Test
    void comesBackWhenTheFarSideSaysAndNotBefore() throws Exception {
        var tried = new LinkedBlockingQueue<Instant>();
        workshop.route("work:parcels?retry=1h", exchange -> {
            tried.add(Instant.now());
            if (tried.size() == 1) {
                throw new Later("too many requests", Duration.ofMillis(700), false, null);
            }
            done.add(task(exchange));
        });
        workshop.put(Queue.PARCELS, conversation, 1);
        assertThat(next().lease().attempt()).isEqualTo(1);
        assertThat(Duration.between(tried.poll(), tried.poll())).isGreaterThanOrEqualTo(Duration.ofMillis(700));
    }

    /** A Retry-After of nothing would otherwise use up all attempts in a moment. */
    @Test
    void comesBackNotBeforeThePlanWhenTheTryCounts() throws Exception {
        var tried = new LinkedBlockingQueue<Instant>();
        workshop.route("work:turns?retry=700ms,1h", exchange -> {
            tried.add(Instant.now());
            if (tried.size() == 1) {
                throw new Later("too many requests", Duration.ofMillis(1), true, null);
            }
            done.add(task(exchange));
        });
        workshop.put(Queue.TURNS, conversation, 1);
        assertThat(next().lease().attempt()).isEqualTo(2);
        assertThat(Duration.between(tried.poll(), tried.poll())).isGreaterThanOrEqualTo(Duration.ofMillis(700));
    }

    @Test
    void countsNoAttemptWhenTheDatabaseWasAway() throws Exception {
        var tries = new java.util.concurrent.atomic.AtomicInteger();
        workshop.route("work:turns" + QUICK, exchange -> {
            if (tries.incrementAndGet() < 6) {
                throw new CannotCreateTransactionException("no connection");
            }
            done.add(task(exchange));
        });
        workshop.put(Queue.TURNS, conversation, 1);
        assertThat(next().lease().attempt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(classes = {StackOverflowError.class, OutOfMemoryError.class, AssertionError.class})
    void buriesAnErrorOfTheMachineLikeAnyOtherAndGoesOn(Class<? extends Error> kind) throws Exception {
        Error error = kind.getConstructor().newInstance();
        workshop.route("work:turns?retry=10ms", exchange -> {
            if (task(exchange).lease().conversationId() == conversation) {
                throw error;
            }
            done.add(task(exchange));
        });
        workshop.put(Queue.TURNS, conversation, 1);
        assertThat(failure().why()).isSameAs(error);
        workshop.put(Queue.TURNS, workshop.conversation(), 2);
        assertThat(next().subjects()).containsExactly(2L);
    }

    @Test
    void keepsAReasonThatNoTableTakesAsItIs() throws Exception {
        workshop.route("work:turns?retry=10ms", exchange -> {
            throw new IllegalStateException("no\0 such thing");
        });
        workshop.put(Queue.TURNS, conversation, 1);
        failure();
        await().until(() -> workshop.sql().sql("select reason from dead_letter").query(String.class).list().equals(List.of("no such thing")));
    }

    @Test
    void buriesWhatKillsWhoeverIsAtItWithoutTryingItOnceMore() throws Exception {
        workshop.put(Queue.TURNS, conversation, 1);
        for (int death = 0; death < 4; death++) {
            workshop.dies(Queue.TURNS);
        }
        workshop.route("work:turns" + QUICK, exchange -> done.add(task(exchange)));
        assertThat(failure().why()).hasMessageContaining("never finished");
        assertThat(done).isEmpty();
    }

    @Test
    void buriesOnlyTheMessageThatKillsAndAnswersTheOthers() throws Exception {
        workshop.put(Queue.TURNS, conversation, 1);
        for (int death = 0; death < 4; death++) {
            workshop.dies(Queue.TURNS);
        }
        workshop.put(Queue.TURNS, conversation, 2);
        workshop.route("work:turns" + QUICK, exchange -> done.add(task(exchange)));
        assertThat(failure().subjects()).containsExactly(1L);
        assertThat(next().subjects()).containsExactly(2L);
    }

    @Test
    void answersThoseWhoWereThereWhenAnotherKilledTheHub() throws Exception {
        List<Long> innocent = java.util.stream.LongStream.range(0, 20).mapToObj(each -> workshop.conversation()).toList();
        innocent.forEach(each -> workshop.put(Queue.TURNS, each, each));
        workshop.dies(Queue.TURNS);
        workshop.dies(Queue.TURNS);
        workshop.route("work:turns?retry=10ms", exchange -> done.add(task(exchange)));
        await().until(() -> left() == 0);
        assertThat(done).extracting(task -> task.lease().conversationId()).containsExactlyInAnyOrderElementsOf(innocent);
        assertThat(workshop.failures).isEmpty();
    }

    @Test
    void blamesNobodyForACrashLoopThatGoesOnWhateverIsInWork() throws Exception {
        hubsDieAtOthers(13);
        workshop.put(Queue.TURNS, conversation, 1);
        for (int death = 0; death < 4; death++) {
            workshop.dies(Queue.TURNS);
        }
        workshop.route("work:turns?retry=10ms", exchange -> done.add(task(exchange)));
        assertThat(next().subjects()).containsExactly(1L);
    }

    /** As when several people send the same thing that kills. */
    @Test
    void buriesWhatKillsThoughOthersKillMoreOften() throws Exception {
        hubsDieAtOthers(40);
        workshop.put(Queue.TURNS, conversation, 1);
        for (int death = 0; death < 12; death++) {
            workshop.dies(Queue.TURNS);
        }
        workshop.route("work:turns" + QUICK, exchange -> done.add(task(exchange)));
        assertThat(failure().subjects()).containsExactly(1L);
        assertThat(done).isEmpty();
    }

    private void hubsDieAtOthers(int times) {
        for (int death = 0; death < times; death++) {
            workshop.put(Queue.TURNS, workshop.conversation(), death);
            workshop.dies(Queue.TURNS);
            workshop.losesTheDatabase(Queue.TURNS).forEach(claim -> workshop.leases().finish(claim.lease()));
        }
    }

    @Test
    void takesOverFromAHubThatDied() throws Exception {
        workshop.put(Queue.TURNS, conversation, 1);
        try (var rival = new Workshop(workshop.database)) {
            rival.claims().claim(Queue.TURNS, 1, Duration.ofMillis(300));
            workshop.route("work:turns", exchange -> done.add(task(exchange)));
            assertThat(next().lease().attempt()).isEqualTo(2);
        }
    }

    @Test
    void answersThoseWhoWereThereEachTimeTheDatabaseWentAway() throws Exception {
        workshop.put(Queue.TURNS, conversation, 1);
        for (int outage = 0; outage < 15; outage++) {
            workshop.losesTheDatabase(Queue.TURNS);
        }
        workshop.route("work:turns" + QUICK, exchange -> done.add(task(exchange)));
        assertThat(next().lease().attempt()).isLessThan(5);
        await().until(() -> left() == 0);
        assertThat(workshop.failures).isEmpty();
    }

    @Test
    void buriesWhatKillsTheDatabaseAgainAndAgain() throws Exception {
        workshop.put(Queue.TURNS, conversation, 1);
        for (int outage = 0; outage < 16; outage++) {
            workshop.losesTheDatabase(Queue.TURNS);
        }
        workshop.route("work:turns" + QUICK, exchange -> done.add(task(exchange)));
        assertThat(failure().why()).hasMessageContaining("the database went away 16 times");
        assertThat(done).isEmpty();
    }

    @Test
    void keepsWhatItIsAtForAsLongAsItTakes() throws Exception {
        var finish = new CountDownLatch(1);
        workshop.route("work:turns?lease=4s", exchange -> {
            done.add(task(exchange));
            finish.await();
        });
        workshop.put(Queue.TURNS, conversation, 1);
        next();
        try (var rival = new Workshop(workshop.database)) {
            await().during(Duration.ofSeconds(5)).until(() -> rival.claims().claim(Queue.TURNS, 1, Duration.ofSeconds(1)).claims().isEmpty());
        }
        finish.countDown();
        await().until(() -> left() == 0);
    }

    @Test
    void sharesTheWorkBetweenTwoHubs() throws Exception {
        try (var rival = new Workshop(workshop.database)) {
            workshop.route("work:turns", exchange -> done.add(task(exchange)));
            rival.route("work:turns", exchange -> done.add(task(exchange)));
            List<Long> conversations = java.util.stream.LongStream.range(0, 100).mapToObj(each -> workshop.conversation()).toList();
            conversations.forEach(each -> workshop.put(Queue.TURNS, each, each));
            await().until(() -> left() == 0);
            assertThat(done).extracting(task -> task.lease().conversationId()).containsExactlyInAnyOrderElementsOf(conversations);
        }
    }

    @Test
    void givesBackWhatIsNotDoneWhenItIsStopped() throws Exception {
        var never = new CountDownLatch(1);
        workshop.route("work:turns", exchange -> {
            done.add(task(exchange));
            never.await();
        });
        workshop.put(Queue.TURNS, conversation, 1);
        next();
        try (var rival = new Workshop(workshop.database)) {
            workshop.close();
            Claim again = rival.claims().claim(Queue.TURNS, 1, Duration.ofSeconds(1)).claims().getFirst();
            assertThat(again.lease().attempt()).isEqualTo(1);
        }
    }

    private Task next() throws InterruptedException {
        return java.util.Objects.requireNonNull(done.poll(30, TimeUnit.SECONDS), "nothing was done");
    }

    private DeadLetter failure() throws InterruptedException {
        return (DeadLetter) java.util.Objects.requireNonNull(workshop.failures.poll(30, TimeUnit.SECONDS), "nothing failed");
    }

    private long left() {
        return workshop.sql().sql("select count(*) from work").query(Long.class).single();
    }

    private static Task task(Exchange exchange) {
        return exchange.getMessage().getBody(Task.class);
    }
}
