package io.serai.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.serai.channel.Pulses;
import io.serai.town.FakeTelegram;
import io.serai.town.FakeTelegram.Call;
import io.serai.town.Printed;
import io.serai.town.TelegramChat;
import io.serai.town.Town;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What becomes of a bot when its hub stops and starts, when a poll hangs, when it is called instead of asking; and that its token is never told. */
@Tag("database")
@ResourceLock(Town.SHARED)
class TelegramHubTest {

    private static final FakeTelegram MAIN = FakeTelegram.start();
    private static final FakeTelegram RETURNING = FakeTelegram.start();
    private static final FakeTelegram HANGING = FakeTelegram.start();
    private static final FakeTelegram CALLED = FakeTelegram.start();
    private static Town town;

    private int asked;

    /** Each scene has a bot to itself, in one hub. */
    private static Map<String, Object> settings() {
        var settings = BotTown.bots(Map.of("main", MAIN, "returning", RETURNING, "hanging", HANGING, "called", CALLED));
        settings.put("serai.telegram.hanging.patience", "2s");
        settings.put("serai.telegram.called.mode", "webhook");
        settings.put("serai.telegram.called.url", "https://hub.example/");
        return settings;
    }

    /** Its start is printed too. */
    @BeforeAll
    static void open(Printed output) {
        town = Town.with(settings());
    }

    @BeforeEach
    void script() {
        town.model().says("Good day.");
        asked = town.model().requests().size();
    }

    @AfterAll
    static void close() {
        town.close();
        List.of(MAIN, RETURNING, HANGING, CALLED).forEach(FakeTelegram::close);
    }

    @Test
    void isOffWithoutATokenAndSaysHowToTurnItOn() {
        assertThat(Town.shared().bean(Pulses.class).off().get("telegram")).contains("TELEGRAM_TOKEN");
    }

    @Test
    void answersAfterARestartWhatWasNotConfirmedAndNothingTwice() {
        TelegramChat ada = RETURNING.person("Ada");
        long first = ada.says("Before");
        ada.hears("Good day.");
        town.stop();
        ada.saysAs(first, "Before");
        ada.says("While you were away");
        town.start();
        ada.hears("Good day.");
        await().until(() -> RETURNING.waiting() == 0);
        assertThat(town.model().requests()).hasSize(asked + 2);
        assertThat(ada.heard()).hasSize(2);

        // another hub takes the bot over, and gives it back
        int taken = town.sql().sql("update ownership set owner = 'another hub', until = clock_timestamp() + interval '1 hour' where name = :name")
                .param("name", "telegram/" + RETURNING.botId()).update();
        assertThat(taken).isOne();
        await().until(() -> polledIn(Duration.ofMillis(1_500)) == 0);
        town.sql().sql("update ownership set until = clock_timestamp() where owner = 'another hub'").update();
        ada.says("Who is there?");
        await().until(() -> ada.heard().size() == 3);
    }

    private static int polledIn(Duration time) {
        int before = RETURNING.calls("getUpdates").size();
        await().pollDelay(time).until(() -> true);
        return RETURNING.calls("getUpdates").size() - before;
    }

    @Test
    void startsAPollAnewThatHangs() throws SQLException {
        TelegramChat ada = HANGING.person("Ada");
        var refused = HANGING.tooMany("getUpdates", 6);
        await().until(refused::isDone);
        Call next = await().until(() -> HANGING.after(refused.join()), Optional::isPresent).orElseThrow();
        assertThat(Duration.between(refused.join().at(), next.at())).as("a long wait is not a hang").isGreaterThan(Duration.ofMillis(5_990));
        double restarts = restarts();
        try (Connection lock = town.bean(DataSource.class).getConnection(); Statement statement = lock.createStatement()) {
            lock.setAutoCommit(false);
            statement.execute("lock table message");
            ada.says("Hello");
            await().until(() -> restarts() > restarts);
            lock.rollback();
        }
        ada.hears("Good day.");
        await().until(() -> HANGING.waiting() == 0);
        assertThat(ada.heard()).hasSize(1);
    }

    private static double restarts() {
        return town.bean(MeterRegistry.class).counter("serai.channel.restarts", "channel", "telegram", "account", "hanging").count();
    }

    @Test
    void neverTellsItsToken(Printed output) throws IOException, InterruptedException {
        tryEverythingThatCouldTellTheToken();
        String secret = MAIN.token().substring(MAIN.token().indexOf(':') + 1);
        assertThat(output).contains("account main on telegram").doesNotContain(secret);
        for (String path : List.of("/health", "/metrics", "/prometheus", "/info")) {
            assertThat(get(path)).as(path).doesNotContain(secret);
        }
        List<String> tables = town.sql().sql("select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'")
                .query(String.class).list();
        assertThat(tables).contains("dead_letter", "parcel", "raw").allSatisfy(table ->
                assertThat(town.sql().sql("select coalesce(string_agg(t::text, ''), '') from \"" + table + "\" t").query(String.class).single())
                        .as(table).doesNotContain(secret));
    }

    private static void tryEverythingThatCouldTellTheToken() {
        MAIN.answers("getUpdates", 404, "no route for /bot" + MAIN.token() + "/getUpdates");
        MAIN.fails("getUpdates", 400, "Bad Request: " + MAIN.token());
        MAIN.breaks("getUpdates");
        MAIN.fails("sendMessage", 400, "Bad Request: cannot send by " + MAIN.token());
        MAIN.person("Ada").says("Hello");
        await().until(() -> MAIN.isCalm() && count("dead_letter") > 0);
        MAIN.revokes();
        await().until(() -> count("account_pause where account = 'main'") == 1);
        MAIN.restores();
        await().until(() -> count("account_pause where account = 'main'") == 0);
    }

    @Test
    void isCalledByTelegramAndSaysYesOnlyWhenItIsStored() throws IOException, InterruptedException {
        await().until(() -> CALLED.webhook().equals("https://hub.example/hooks/telegram/called"));
        assertThat(CALLED.webhookSecret()).hasSize(64).doesNotContain(CALLED.token());
        int before = count("message");
        TelegramChat ada = CALLED.person("Ada");
        ada.says("Hello");
        JsonNode update = CALLED.takePending().getFirst();
        assertThat(push("called", null, update.toString())).isEqualTo(401);
        assertThat(push("called", "a-guess-of-16-letters", update.toString())).isEqualTo(401);
        assertThat(push("main", CALLED.webhookSecret(), update.toString())).as("it asks").isEqualTo(401);
        assertThat(push("nobody", CALLED.webhookSecret(), update.toString())).isEqualTo(401);
        assertThat(count("message")).isEqualTo(before);
        assertThat(push("called", CALLED.webhookSecret(), update.toString())).isEqualTo(200);
        assertThat(count("message")).as("stored before the answer").isGreaterThan(before);
        assertThat(push("called", CALLED.webhookSecret(), update.toString())).isEqualTo(200);
        ada.hears("Good day.");
        assertThat(push("called", CALLED.webhookSecret(), "{\"update_id\": tru")).isEqualTo(200);
        assertThat(town.sql().sql("select rule from telegram_update where bot = 'called'").query(String.class).list()).containsExactly("unreadable");
        assertThat(town.model().requests()).hasSize(asked + 1);
        assertThat(CALLED.calls("getUpdates").stream().filter(call -> call.parameters().has("offset")).toList()).isEmpty();
    }

    private static int count(String table) {
        return town.sql().sql("select count(*) from " + table).query(Integer.class).single();
    }

    private static int push(String bot, String secret, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(town.url("/hooks/telegram/" + bot)).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        if (secret != null) {
            request.header("X-Telegram-Bot-Api-Secret-Token", secret);
        }
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.discarding()).statusCode();
        }
    }

    private static String get(String path) throws IOException, InterruptedException {
        String login = Base64.getEncoder().encodeToString("admin:a-password-for-tests".getBytes());
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(HttpRequest.newBuilder(town.url(path)).header("Authorization", "Basic " + login).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            return answer.headers().map().values().stream().map(String::valueOf).collect(Collectors.joining()) + answer.body();
        }
    }
}
