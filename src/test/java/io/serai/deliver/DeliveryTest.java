package io.serai.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.serai.channel.Accounts;
import io.serai.message.Address;
import io.serai.message.Kind;
import io.serai.message.Lease;
import io.serai.message.Parcel;
import io.serai.message.Post;
import io.serai.message.Refused;
import io.serai.town.FakeNtfy;
import io.serai.town.Town;
import io.serai.work.Lanes;
import io.serai.work.Queue;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What becomes of parcels, by a channel whose far side misbehaves: it cannot tell whether a message was sent before. */
@Tag("database")
@ResourceLock(NtfyTown.LOCK)
class DeliveryTest {

    private static final Preference NONE = new Preference(null, null, null, null, null, null, null, null, null);

    private static final FakeNtfy ntfy = NtfyTown.NTFY;
    private static final Town town = NtfyTown.TOWN;

    private final String ada = ntfy.newcomer();

    @Test
    void keepsForAPersonWhatMayHaveArrivedAndNeverSendsItTwice() {
        double before = unknown();
        ntfy.breaksOff();
        says("Hello", "Once, perhaps.");
        await().until(() -> letters().size() == 1);
        assertThat(letters().getFirst()).containsEntry("may_have_arrived", true);
        assertThat((String) letters().getFirst().get("reason")).startsWith("it may have arrived: ");
        assertThat(unknown()).isEqualTo(before + 1);
        says("And now?", "Surely.");
        hears("Once, perhaps.", "Surely.");
    }

    /** A sending that went well must not be doubted because the database was busy. */
    @Test
    void writesDownWhatArrivedThoughNoConnectionIsFreeForAWhile() {
        ntfy.meanwhile(() -> {
            List<Connection> all = takeAllConnections();
            Executors.newSingleThreadScheduledExecutor().schedule(() -> all.forEach(DeliveryTest::giveBack), 4, TimeUnit.SECONDS);
        });
        says("Hello", "It did arrive.");
        hears("It did arrive.");
        await().ignoreExceptions().until(() -> states("sent") == 1);
        assertThat(letters()).isEmpty();
    }

    /** A hub that is frozen while it writes down that it sends, and wakes up when another one has the parcel. */
    @Test
    void neverSendsWhatAnotherHubBeganToSendAtThatMoment() {
        says("Hello", "First.");
        hears("First.");
        String account = town.sql().sql("select account from address where id = :id").param("id", address()).query(String.class).single();
        Accounts accounts = town.bean(Accounts.class);
        accounts.pause("ntfy", account, "a scene");
        says("And now?", "Second.");
        await().until(() -> work("%paused%") == 1);

        new TransactionTemplate(town.bean(PlatformTransactionManager.class)).executeWithoutResult(frozen -> {
            town.sql().sql("update parcel set state = 'sending', attempts = 1, epoch = 0, begun_at = now() where conversation_id = :conversation and state = 'waiting'")
                    .param("conversation", conversation()).update();
            CompletableFuture.runAsync(() -> accounts.resume("ntfy", account)).join();
            await().until(town::isAnybodyLockedOut);
        });

        await().until(() -> letters().size() == 1);
        assertThat(letters().getFirst()).containsEntry("may_have_arrived", true);
        hears("First.");
    }

    private static List<Connection> takeAllConnections() {
        List<Connection> all = new ArrayList<>();
        while (true) {
            try {
                all.add(town.bean(DataSource.class).getConnection());
            } catch (SQLException none) {
                return all;
            }
        }
    }

    private static void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException unusable) {
            throw new IllegalStateException(unusable);
        }
    }

    @Test
    void takesAnErrorOfTheServerForUnknown() {
        ntfy.fails(500);
        says("Hello", "Perhaps.");
        await().until(() -> letters().size() == 1);
        assertThat(letters().getFirst()).containsEntry("may_have_arrived", true);
        assertThat(ntfy.tries(ada)).hasSize(1);
    }

    @Test
    void findsWhatWasBeingSentWhenTheHubDiedAndHoldsIt() {
        says("Hello", "First.");
        hears("First.");
        isOnItsWay();
        await().until(() -> letters().size() == 1);
        assertThat(letters().getFirst()).containsEntry("may_have_arrived", true);
        hears("First.");
    }

    /** Quiet hours are no reason to forget that it may have arrived. */
    @Test
    void findsWhatWasBeingSentWhenTheHubDiedThoughItsContactSleepsByNow() {
        says("Hello", "First.");
        hears("First.");
        sleeps();
        isOnItsWay();
        await().until(() -> letters().size() == 1);
        assertThat(letters().getFirst()).containsEntry("may_have_arrived", true);
        assertThat(states("held")).isZero();
        hears("First.");
    }

    @Test
    void sendsNoOtherWayWhatMayHaveArrived() {
        says("Hello", "First.");
        hears("First.");
        long page = addressAt("web-chat");
        wishes(new Preference(null, null, null, null, List.of("web-chat"), null, null, null, null));
        town.sql().sql("update address set stopped_at = now(), stopped_why = 'blocked us' where id = :address").param("address", address()).update();
        isOnItsWay();
        await().until(() -> letters().size() == 1);
        assertThat(letters().getFirst()).containsEntry("may_have_arrived", true);
        assertThat((String) letters().getFirst().get("reason")).contains("blocked us");
        assertThat(counter(page)).isEmpty();
    }

    /** A hub that wakes up when another one has the parcel knows nothing of what that one does with it. */
    @Test
    void leavesAloneWhatAnotherHubHasByNow() {
        says("Hello", "First.");
        hears("First.");
        await().until(() -> states("sent") == 1);
        long parcel = parcel(2, "It is on its way.", "sending");
        var former = new Lease(Queue.PARCELS.word(), conversation(), 0, 1);
        var address = new Address(address(), "ntfy", "", ada);
        town.bean(Sendings.class).notSent(new Parcel(parcel, 0, conversation(), address, 2, "It is on its way.", null, false, former), 1, "a time-out");
        assertThat(states("sending")).isOne();
    }

    @Test
    void sendsNoPartTwiceWhenAnotherFails() {
        ntfy.takesOne();
        ntfy.failsOnce();
        String words = String.join("\n\n", "a ".repeat(600).strip(), "b ".repeat(600).strip(), "c ".repeat(600).strip());
        says("All of it", words);
        await().until(() -> ntfy.hears(ada).size() == 3);
        assertThat(ntfy.hears(ada)).extracting(part -> part.charAt(0)).containsExactly('a', 'b', 'c');
        assertThat(ntfy.tries(ada)).hasSize(4);
        await().until(() -> states("sent") == 3);
        assertThat(town.sql().sql("select provider_id from parcel where address_id = :address").param("address", address())
                .query(String.class).list()).hasSize(3).doesNotContainNull();
    }

    /** As when a person corrected it, or chose a channel that takes less at once. */
    @Test
    void splitsAPartThatIsTooLongByNow() {
        says("Hello", "First.");
        hears("First.");
        await().until(() -> states("sent") == 1);
        long second = parcel(2, "b ".repeat(1500).strip(), "waiting");
        parcel(3, "c ".repeat(900).strip(), "waiting");
        parcel(4, "Last.", "waiting");
        town.bean(Lanes.class).put(Queue.PARCELS, conversation(), second, Duration.ZERO);
        await().until(() -> states("sent") == 7);
        assertThat(ntfy.hears(ada)).allMatch(part -> part.length() <= 1300).extracting(part -> part.charAt(0))
                .containsExactly('F', 'b', 'b', 'b', 'c', 'c', 'L');
    }

    @Test
    void pausesAnAccountThatIsNotLetInAndSpendsNoAttempts() {
        ntfy.keepsFailing(ada, 401);
        says("Hello", "Wait for it.");
        await().until(() -> town.bean(Accounts.class).isPaused("ntfy", ""));
        String bob = ntfy.newcomer();
        ntfy.says(bob, "Hello", UUID.randomUUID().toString());
        await().until(() -> work("%paused%") == 2);
        assertThat(ntfy.tries(bob)).isEmpty();
        assertThat(town.sql().sql("select attempts from parcel where address_id = :address").param("address", address()).query(Integer.class).single())
                .isZero();
        ntfy.recovers(ada);
        town.bean(Accounts.class).resume("ntfy", "");
        hears("Wait for it.");
        await().until(() -> ntfy.hears(bob).equals(List.of("Wait for it.")));
        assertThat(letters()).isEmpty();
    }

    @Test
    void findsOutByItselfThatAnAccountIsLetInAgain() {
        ntfy.keepsFailing(ada, 401);
        says("Hello", "At last.");
        await().until(() -> work("%paused%") == 1);
        ntfy.recovers(ada);
        town.sql().sql("update account_pause set probe_at = now()").update();
        town.bean(Lanes.class).hurry(Queue.PARCELS, List.of(conversation()));
        hears("At last.");
        await().until(() -> !town.bean(Accounts.class).isPaused("ntfy", ""));
    }

    @Test
    void goesAnotherWayAfterTheLastAttempt() {
        says("Hello", "First.");
        hears("First.");
        long page = addressAt("web-chat");
        wishes(new Preference(null, null, null, null, List.of("web-chat"), null, null, null, null));
        ntfy.keepsFailing(ada, 503);
        says("And now?", "By the page.");
        await().until(() -> counter(page).equals(List.of("By the page.")));
        assertThat(ntfy.tries(ada)).hasSize(5);
        assertThat(letters()).isEmpty();
    }

    @Test
    void becomesADeadLetterWhereThereIsNoOtherWay() {
        ntfy.keepsFailing(ada, 503);
        says("Hello", "Never.");
        await().until(() -> letters().size() == 1);
        assertThat(letters().getFirst()).containsEntry("may_have_arrived", false).containsEntry("shape", "Parcel");
        assertThat(ntfy.tries(ada)).hasSize(4);
    }

    @Test
    void becomesADeadLetterOnceWhenItComesBack() {
        says("Hello", "First.");
        hears("First.");
        await().until(() -> states("sent") == 1);
        long parcel = town.sql().sql("select id from parcel where address_id = :address").param("address", address()).query(Long.class).single();
        for (int times = 0; times < 2; times++) {
            town.bean(Returns.class).notTaken(parcel, "the mail bounced with status 5.2.2");
        }
        assertThat(letters()).singleElement().satisfies(letter ->
                assertThat(letter).containsEntry("reason", "it came back: the mail bounced with status 5.2.2").containsEntry("shape", "Parcel")
                        .containsEntry("may_have_arrived", false));
        assertThat(states("dead")).isOne();
    }

    @Test
    void refusesAtOnceWhatNoRouteCouldSend() {
        says("Hello", "First.");
        hears("First.");
        long nowhere = addressAt("carrier-pigeon");
        town.bean(Outbox.class).post(new Post(conversation(), nowhere, Kind.DAILY, "scene", "Coo.", null));
        await().until(() -> letters().size() == 1);
        assertThat((String) letters().getFirst().get("reason")).contains("routes/deliver/carrier-pigeon.yaml");
    }

    @Test
    void leavesAStoppedAddressAloneUntilItIsHeardFrom() {
        says("Hello", "First.");
        hears("First.");
        town.sql().sql("update address set stopped_at = now(), stopped_why = 'blocked us' where id = :address").param("address", address()).update();
        Assertions.assertThatThrownBy(() -> post(Kind.DAILY, "Good morning.")).isInstanceOf(Refused.class);
        says("I am back", "Welcome.");
        hears("First.", "Welcome.");
        post(Kind.DAILY, "Good morning.");
        hears("First.", "Welcome.", "Good morning.");
    }

    @Test
    void goesByTheChannelForItsKind() {
        says("Hello", "First.");
        hears("First.");
        long page = addressAt("web-chat");
        wishes(new Preference("ntfy", null, "web-chat", null, null, null, null, null, null));
        post(Kind.DAILY, "Your day.");
        post(Kind.URGENT, "Fire!");
        hears("First.", "Fire!");
        await().until(() -> counter(page).equals(List.of("Your day.")));
        wishes(new Preference("ntfy", null, "web-chat", null, null, List.of("web-chat"), null, null, null));
        post(Kind.DAILY, "Your next day.");
        hears("First.", "Fire!", "Your next day.");
    }

    @Test
    void holdsThroughTheNightWhatCanWaitAndFoldsIt() {
        says("Hello", "First.");
        hears("First.");
        sleeps();
        post(Kind.DAILY, "Your day.");
        post(Kind.CONVERSATION, "Your parcel is there.");
        await().until(() -> states("held") == 2);
        post(Kind.URGENT, "Fire!");
        hears("First.", "Fire!");
        says("What was that?", "A fire.");
        hears("First.", "Fire!", "A fire.");
        town.clock().passes(Duration.ofMinutes(31));
        await().until(() -> ntfy.hears(ada).size() == 4);
        assertThat(ntfy.hears(ada).getLast()).startsWith("Your day.").endsWith("Your parcel is there.");
        await().until(() -> states("sent") == 5);
    }

    @Test
    void foldsOnlyWhatBelongsIntoOneThread() {
        says("Hello", "First.");
        hears("First.");
        sleeps();
        post("One.", "thread 1");
        post("Two.", "thread 2");
        post("Three.", null);
        post("One more.", "thread 1");
        await().until(() -> states("held") == 4);
        town.clock().passes(Duration.ofMinutes(31));
        await().until(() -> states("sent") == 5);
        assertThat(ntfy.hears(ada)).containsExactly("First.", "One.\n\n---\n\nOne more.", "Two.", "Three.");
    }

    /** Together they are too long for one message, and the second stands in the second part. */
    @Test
    void tellsOfNothingFoldedThatItArrivedBeforeAllOfItHas() {
        foldsTwoOfWhichTheSecondIsRefused(List.of());
        await().until(() -> letters().size() == 1);
        assertThat(parcel("b%")).containsEntry("state", "dead");
        assertThat(states("sent")).isEqualTo(2);
        ntfy.recovers(ada);
        town.bean(Revival.class).replay((long) letters().getFirst().get("id"), "a scene", false);
        await().until(() -> states("sent") == 4);
        assertThat(ntfy.hears(ada)).hasSize(3).last().asString().startsWith("b ");
    }

    @Test
    void takesWhatIsFoldedAlongWhenItsLastPartGoesAnotherWay() {
        foldsTwoOfWhichTheSecondIsRefused(List.of("web-chat"));
        await().until(() -> states("sent") == 4);
        assertThat(parcel("b%")).containsEntry("state", "sent");
        assertThat(ntfy.hears(ada)).hasSize(2);
        assertThat(letters()).isEmpty();
    }

    private void foldsTwoOfWhichTheSecondIsRefused(List<String> fallbacks) {
        says("Hello", "First.");
        hears("First.");
        fallbacks.forEach(this::addressAt);
        LocalTime now = LocalTime.ofInstant(town.clock().instant(), ZoneOffset.UTC);
        wishes(new Preference("ntfy", null, null, null, fallbacks, null, now.minusMinutes(30), now.plusMinutes(30), ZoneId.of("UTC")));
        post(Kind.DAILY, "a ".repeat(600).strip());
        post(Kind.DAILY, "b ".repeat(600).strip());
        await().until(() -> states("held") == 2);
        ntfy.takesOne();
        ntfy.fails(403);
        town.clock().passes(Duration.ofMinutes(31));
    }

    /** The first that says this: it is there before what it was folded into is split. */
    private Map<String, Object> parcel(String text) {
        return town.sql().sql("select * from parcel where conversation_id = :conversation and text like :text order by id limit 1")
                .param("conversation", conversation()).param("text", text).query().singleRow();
    }

    /** It goes under the id by which the far side may know it. */
    @Test
    void foldsNothingThatMayHaveArrived() {
        says("Hello", "First.");
        hears("First.");
        isOnItsWay();
        await().until(() -> letters().size() == 1);
        sleeps();
        town.bean(Revival.class).replay((long) letters().getFirst().get("id"), "a scene", false);
        post(Kind.DAILY, "Your day.");
        post(Kind.DAILY, "Your evening.");
        await().until(() -> states("held") == 3);
        town.clock().passes(Duration.ofMinutes(31));
        await().until(() -> states("sent") == 3);
        assertThat(ntfy.hears(ada)).hasSize(3).startsWith("First.", "First.").last().asString().startsWith("Your day.").endsWith("Your evening.");
    }

    /** A part that was turned away before anything of it left counts no attempt, and is a part all the same. */
    @Test
    void foldsNoPartOfAMessageIntoAnotherMessage() {
        says("Hello", "First.");
        hears("First.");
        sleeps();
        post(Kind.DAILY, "Your day.");
        await().until(() -> states("held") == 1);
        long one = parcel(2, "One.", "held");
        parcel(3, "Two.", "waiting");
        parcel(4, "Three.", "waiting");
        town.sql().sql("update parcel set held_until = (select max(held_until) from parcel where conversation_id = :conversation) where id = :id")
                .param("conversation", conversation()).param("id", one).update();
        town.clock().passes(Duration.ofMinutes(31));
        await().until(() -> states("sent") == 5);
        assertThat(ntfy.hears(ada)).containsExactly("First.", "Your day.", "One.", "Two.", "Three.");
    }

    /** A Retry-After of nothing, or of a time that is over, would have the hub ask as fast as it can, for as long as the plan lasts. */
    @Test
    void asksNoFasterThanPlannedWhenToldToComeBackAtOnce() {
        for (int times = 0; times < 3; times++) {
            ntfy.turnsAway(Duration.ZERO);
        }
        says("Hello", "At last.");
        hears("At last.");
        List<Instant> tries = ntfy.tries(ada);
        assertThat(tries).hasSize(4);
        for (int again = 1; again < tries.size(); again++) {
            assertThat(Duration.between(tries.get(again - 1), tries.get(again))).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        }
    }

    /** The night does not count: who is told when to come back is not given up before the plan would have ended. */
    @Test
    void isAsPatientWithWhatWasHeldAsWithWhatIsNew() {
        says("Hello", "First.");
        hears("First.");
        sleeps();
        post(Kind.DAILY, "Your day.");
        await().until(() -> states("held") == 1);
        town.sql().sql("update parcel set created_at = now() - interval '10 hours' where conversation_id = :conversation and state = 'held'")
                .param("conversation", conversation()).update();
        for (int times = 0; times < 4; times++) {
            ntfy.turnsAway(Duration.ZERO);
        }
        town.clock().passes(Duration.ofMinutes(31));
        await().until(() -> ntfy.hears(ada).size() == 2 || !letters().isEmpty());
        Instant since = town.sql().sql("select since from parcel where conversation_id = :conversation and since is not null")
                .param("conversation", conversation()).query(OffsetDateTime.class).single().toInstant();
        assumeThat(Duration.between(since, ntfy.tries(ada).getLast())).as("the machine stood still until the plan had ended").isLessThan(Duration.ofMillis(900));
        hears("First.", "Your day.");
        assertThat(letters()).isEmpty();
    }

    @Test
    void letsGoWhatIsHeldWhenTheContactNoLongerSleeps() {
        says("Hello", "First.");
        hears("First.");
        sleeps();
        post(Kind.DAILY, "Your day.");
        await().until(() -> states("held") == 1);
        wishes(NONE);
        hears("First.", "Your day.");
    }

    /** How many parcels wait, and why. */
    private static long work(String error) {
        return town.sql().sql("select count(*) from work where queue = 'parcels' and error like :error").param("error", error).query(Long.class).single();
    }

    private static Preference quiet(LocalTime from, LocalTime to) {
        return new Preference(null, null, null, null, null, null, from, to, ZoneId.of("UTC"));
    }

    /** For half an hour. */
    private void sleeps() {
        LocalTime now = LocalTime.ofInstant(town.clock().instant(), ZoneOffset.UTC);
        wishes(quiet(now.minusMinutes(30), now.plusMinutes(30)));
    }

    /** The first reply, once more: a hub has died while it was being sent. */
    private void isOnItsWay() {
        await().until(() -> states("sent") == 1);
        long parcel = town.sql().sql("""
                update parcel set state = 'sending', kind = 'daily', unknown_policy = 'hold' where address_id = :address and text = 'First.' returning id
                """).param("address", address()).query(Long.class).single();
        town.bean(Lanes.class).put(Queue.PARCELS, conversation(), parcel, Duration.ZERO);
    }

    /** One more part of the first reply. */
    private long parcel(int part, String text, String state) {
        return town.sql().sql("""
                insert into parcel (reply_id, conversation_id, address_id, part, text, state, kind, unknown_policy)
                select reply_id, conversation_id, address_id, :part, :text, :state, 'daily', 'hold' from parcel where address_id = :address and text = 'First.'
                returning id
                """).param("part", part).param("text", text).param("state", state).param("address", address()).query(Long.class).single();
    }

    private void says(String text, String answer) {
        town.model().says(answer);
        ntfy.says(ada, text, UUID.randomUUID().toString());
    }

    private void hears(String... texts) {
        await().untilAsserted(() -> assertThat(ntfy.hears(ada)).containsExactly(texts));
    }

    private void post(Kind kind, String text) {
        town.bean(Outbox.class).post(Post.of(kind, conversation(), "scene", text));
    }

    private void post(String text, String thread) {
        town.bean(Outbox.class).post(new Post(conversation(), address(), Kind.DAILY, "scene", text, thread));
    }

    private long addressAt(String channel) {
        return town.sql().sql("""
                insert into address (contact_id, channel, account, handle) values (:contact, :channel, '', gen_random_uuid()::text) returning id
                """).param("contact", contact()).param("channel", channel).query(Long.class).single();
    }

    private List<String> counter(long address) {
        return town.sql().sql("select coalesce(counter.text, message.text) from counter join message on message.id = reply_id where counter.address_id = :address order by counter.id").param("address", address).query(String.class).list();
    }

    private long contact() {
        return mine("contact_id");
    }

    private long address() {
        return mine("id");
    }

    private long mine(String column) {
        return town.sql().sql("select " + column + " from address where channel = 'ntfy' and handle = :handle").param("handle", ada).query(Long.class).single();
    }

    private long conversation() {
        return town.sql().sql("select id from conversation where contact_id = :contact").param("contact", contact()).query(Long.class).single();
    }

    private long states(String state) {
        return town.sql().sql("select count(*) from parcel where conversation_id = :conversation and state = :state")
                .param("conversation", conversation()).param("state", state).query(Long.class).single();
    }

    private List<Map<String, Object>> letters() {
        return town.sql().sql("""
                select dead_letter.* from dead_letter join conversation on conversation.id = conversation_id
                join address using (contact_id) where address.channel = 'ntfy' and handle = :handle
                """).param("handle", ada).query().listOfRows();
    }

    private void wishes(Preference wish) {
        Preferences preferences = town.bean(Preferences.class);
        assertThat(preferences.keep(contact(), preferences.find(contact()).orElseThrow(), wish)).isTrue();
    }

    private static double unknown() {
        return town.bean(MeterRegistry.class).counter("serai.unknown", "channel", "ntfy", "policy", "hold").count();
    }
}
