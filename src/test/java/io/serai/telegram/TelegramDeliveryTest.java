package io.serai.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.town.ChannelContract;
import io.serai.town.FakeTelegram;
import io.serai.town.FakeTelegram.Call;
import io.serai.town.TelegramChat;
import io.serai.town.Town;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What goes out by a bot: what every channel keeps to, and what is peculiar to the Bot API. */
@Tag("database")
@ResourceLock(BotTown.LOCK)
class TelegramDeliveryTest implements ChannelContract {

    private static final FakeTelegram telegram = BotTown.DELIVERING;
    private static final Town town = BotTown.TOWN;

    @AfterAll
    static void wasPatient() {
        assertThat(telegram.impatience()).as("messages to a chat before the time that a 429 had named").isEmpty();
    }

    @BeforeEach
    void answer() {
        town.model().recovers().says("Good day.");
    }

    @Test
    void saysItPlainlyWhenTheStyleIsNotTaken() {
        town.model().says("It is **done**.");
        TelegramChat ada = telegram.person("Ada");
        telegram.fails("sendMessage", 400, "Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 0");
        ada.says("Hello");
        assertThat(ada.hears()).satisfies(heard -> {
            assertThat(heard.text()).isEqualTo("It is done.");
            assertThat(heard.asked().has("parse_mode")).isFalse();
        });
    }

    @Test
    void letsNobodyElseWaitForAChatThatIsTurnedAway() {
        TelegramChat ada = telegram.person("Ada");
        TelegramChat bob = telegram.person("Bob");
        telegram.tooMany("sendMessage", 10);
        ada.says("Hello");
        await().until(() -> !tries(ada).isEmpty());
        bob.says("Hello");
        bob.hears("Good day.");
        ada.hears("Good day.");
        assertThat(tries(bob).getFirst()).isBefore(tries(ada).getLast());
    }

    private static List<Instant> tries(TelegramChat chat) {
        return telegram.calls("sendMessage").stream()
                .filter(call -> call.parameters().path("chat_id").asText().equals(chat.handle()))
                .map(Call::at)
                .toList();
    }

    @Test
    void sendsNothingTwiceOfWhichNobodyKnowsWhetherItArrived() {
        TelegramChat ada = telegram.person("Ada");
        telegram.breaksAfter("sendMessage");
        ada.says("Hello");
        ada.hears("Good day.");
        await().until(() -> letters(ada).size() == 1);
        assertThat(letters(ada).getFirst()).containsEntry("may_have_arrived", true);
        ada.says("Still there?");
        ada.hears("Good day.");
        assertThat(ada.heard()).hasSize(2);
    }

    @Test
    void waitsWhileItIsNotLetInAndSpendsNothing() {
        TelegramChat ada = telegram.person("Ada");
        town.model().answersBy(request -> {
            if (request.lastUser().contains("Let me in")) {
                telegram.revokes();
            }
            return "Good day.";
        });
        ada.says("Let me in");
        await().until(() -> town.sql().sql("select count(*) from parcel join address on address.id = address_id where handle = :handle")
                .param("handle", ada.handle()).query(Integer.class).single() == 1);
        await().until(() -> town.sql().sql("select count(*) from account_pause where account = 'delivering'").query(Integer.class).single() == 1);
        telegram.restores();
        ada.hears("Good day.");
        assertThat(ada.heard()).hasSize(1);
        assertThat(letters(ada)).isEmpty();
    }

    @Test
    void goesWithAGroupThatGrows() {
        TelegramChat team = telegram.group("Team");
        var growing = new CompletableFuture<TelegramChat>();
        town.model().answersBy(request -> {
            if (!growing.isDone()) {
                growing.complete(team.grows());
            }
            return "Good day.";
        });
        team.says("Bo", "@serai_bot hello", message -> {});
        await().until(growing::isDone);
        TelegramChat grown = growing.join();
        TelegramChat.Heard answer = grown.hears();
        assertThat(answer.text()).isEqualTo("Good day.");
        assertThat(answer.asked().has("reply_parameters")).as("a message of the same number is another one there").isFalse();
        team.tellsThatItGrew();
        grown.says("Bo", "@serai_bot again", message -> {});
        grown.hears("Good day.");
        assertThat(town.sql().sql("select handle from address where handle in (:old, :new)").param("old", team.handle()).param("new", grown.handle())
                .query(String.class).list()).containsExactly(grown.handle());
    }

    /** While the hub was away: it hears of everything at once. */
    @Test
    void staysWithAGroupThatGrewMeanwhile() {
        TelegramChat team = telegram.group("Team");
        team.says("Bo", "@serai_bot hello", message -> {});
        team.hears("Good day.");
        await().until(() -> telegram.waiting() == 0);
        telegram.meddles(updates -> {
            if (updates.size() < 13) {
                updates.clear();
            }
        });
        IntStream.range(0, 10).forEach(i -> team.says("Bo", "before " + i, message -> {}));
        TelegramChat grown = team.grows();
        team.tellsThatItGrew();
        grown.tellsThatItWas(team);
        grown.says("Bo", "@serai_bot again", message -> {});
        grown.hears("Good day.");
        await().until(() -> telegram.waiting() == 0);
        telegram.meddles(updates -> {});
        assertThat(town.sql().sql("select handle from address where handle in (:old, :new)").param("old", team.handle()).param("new", grown.handle())
                .query(String.class).list()).containsExactly(grown.handle());
        assertThat(town.sql().sql("""
                select count(*) from message join address on address.id = address_id where handle = :new and role = 'user' and text like '%before%'
                """).param("new", grown.handle()).query(Integer.class).single()).isEqualTo(10);
    }

    @Test
    void losesDoublesAndReordersNothingWhileTheFarSideHasABadDay() throws InterruptedException {
        town.model().answersBy(request -> "You said " + request.lastUser().replaceAll("(?s).*(number \\d+ of \\w+).*", "$1"));
        telegram.repeatsAndReorders();
        List<TelegramChat> crowd = IntStream.range(0, 10).mapToObj(i -> telegram.person("P" + i)).toList();
        Map<TelegramChat, List<String>> heard = new ConcurrentHashMap<>();
        List<Thread> talks = crowd.stream().map(person -> Thread.ofVirtual().start(() -> {
            for (int i = 1; i <= 4; i++) {
                if (person.id() % 3 == 0) {
                    misbehave(i);
                }
                person.says("This is number " + i + " of p" + person.id());
                heard.computeIfAbsent(person, fresh -> new ArrayList<>()).add(person.hears().text());
            }
        })).toList();
        for (Thread talk : talks) {
            talk.join(Duration.ofSeconds(60));
        }
        await().until(() -> telegram.waiting() == 0);
        telegram.meddles(updates -> {});
        crowd.forEach(person -> {
            List<String> answers = IntStream.rangeClosed(1, 4).mapToObj(i -> "You said number " + i + " of p" + person.id()).toList();
            assertThat(heard.get(person)).isEqualTo(answers);
            assertThat(person.heard().stream().map(TelegramChat.Heard::text)).containsExactlyElementsOf(answers);
        });
    }

    private static void misbehave(int round) {
        switch (round) {
            case 1 -> telegram.fails("sendMessage", 500, "Internal Server Error");
            case 2 -> telegram.breaks("getUpdates");
            case 3 -> telegram.tooMany("sendMessage", 1);
            default -> telegram.answers("getUpdates", 502, "<html>");
        }
    }

    @Test
    void showsThatItIsTyping() {
        TelegramChat ada = telegram.person("Ada");
        ada.says("Hello");
        ada.hears("Good day.");
        await().until(() -> telegram.calls("sendChatAction").stream().anyMatch(call -> call.parameters().path("chat_id").asLong() == ada.id()));
    }

    private static List<Map<String, Object>> letters(TelegramChat chat) {
        return town.sql().sql("""
                select dead_letter.* from dead_letter
                where conversation_id in (select conversation_id from message join address on address.id = address_id where handle = :handle)
                """).param("handle", chat.handle()).query().listOfRows();
    }

    @Override
    public Town town() {
        return town;
    }

    @Override
    public FarSide far() {
        return new BotApiSide();
    }

    @Override
    public String channel() {
        return "telegram";
    }

    @Override
    public int limit() {
        return 4_096;
    }

    /** The far side as the contract knows it. */
    private static final class BotApiSide implements FarSide {

        private static final Map<String, Long> IDS = new ConcurrentHashMap<>();

        @Override
        public String newcomer() {
            return telegram.person("Somebody").handle();
        }

        @Override
        public void says(String handle, String text, String id) {
            long messageId = IDS.computeIfAbsent(id, fresh -> UUID.fromString(id).getMostSignificantBits() >>> 1);
            telegram.chat(handle).saysAs(messageId, text);
            await().until(() -> telegram.waiting() == 0);
        }

        @Override
        public List<String> hears(String handle) {
            return telegram.chat(handle).heard().stream().map(TelegramChat.Heard::text).toList();
        }

        @Override
        public List<Instant> tries(String handle) {
            return TelegramDeliveryTest.tries(telegram.chat(handle));
        }

        @Override
        public void failsOnce() {
            telegram.fails("sendMessage", 503, "Service Unavailable");
        }

        @Override
        public void turnsAway(Duration retryAfter) {
            telegram.tooMany("sendMessage", (int) retryAfter.toSeconds());
        }

        @Override
        public void refuses(String handle) {
            telegram.chat(handle).blocks();
        }

        @Override
        public Map<String, String> lastHeaders() {
            Map<String, String> headers = new HashMap<>();
            telegram.calls("sendMessage").getLast().headers().forEach((name, values) -> headers.put(name, String.join(", ", values)));
            return headers;
        }
    }
}
