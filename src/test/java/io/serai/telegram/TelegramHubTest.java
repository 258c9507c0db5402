package io.serai.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.serai.channel.Pulses;
import io.serai.town.FakeTelegram;
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
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Hubs with a bot of their own: they stop and start, are called instead of asking, and keep their token to themselves. */
@Tag("database")
@ExtendWith(OutputCaptureExtension.class)
@ResourceLock(Town.SHARED)
class TelegramHubTest {

    private final FakeTelegram telegram = FakeTelegram.start();
    private final TelegramChat ada = telegram.person("Ada");

    @AfterEach
    void close() {
        telegram.close();
    }

    @Test
    void isOffWithoutATokenAndSaysHowToTurnItOn() {
        assertThat(Town.shared().bean(Pulses.class).off().get("telegram")).contains("TELEGRAM_TOKEN");
    }

    @Test
    void answersAfterARestartWhatWasNotConfirmedAndNothingTwice() {
        try (var town = Town.with(polling())) {
            town.model().says("Good day.");
            long first = ada.says("Before");
            ada.hears("Good day.");
            town.stop();
            ada.saysAs(first, "Before");
            ada.says("While you were away");
            town.start();
            ada.hears("Good day.");
            await().until(() -> telegram.waiting() == 0);
            assertThat(town.model().requests()).hasSize(2);
            assertThat(ada.heard()).hasSize(2);

            // another hub takes the bot over, and gives it back
            town.sql().sql("update ownership set owner = 'another hub', until = clock_timestamp() + interval '6 seconds'").update();
            await().until(() -> polledIn(Duration.ofMillis(1_500)) == 0);
            ada.says("Who is there?");
            await().until(() -> ada.heard().size() == 3);
        }
    }

    private void tryEverythingThatCouldTellTheToken(Town town) {
        telegram.answers("getUpdates", 404, "no route for /bot" + telegram.token() + "/getUpdates");
        telegram.fails("getUpdates", 400, "Bad Request: " + telegram.token());
        telegram.breaks("getUpdates");
        telegram.fails("sendMessage", 400, "Bad Request: cannot send by " + telegram.token());
        ada.says("Hello");
        await().until(() -> telegram.isCalm() && count(town, "dead_letter") > 0);
        telegram.revokes();
        await().until(() -> count(town, "account_pause") == 1);
        telegram.restores();
        await().until(() -> count(town, "account_pause") == 0);
    }

    @Test
    void startsAPollAnewThatHangs() throws SQLException {
        var settings = polling();
        settings.put("serai.telegram.main.patience", "2s");
        try (var town = Town.with(settings)) {
            town.model().says("Good day.");
            telegram.tooMany("getUpdates", 6);
            await().until(telegram::isCalm);
            Instant told = telegram.calls("getUpdates").getLast().at();
            int before = telegram.calls("getUpdates").size();
            await().until(() -> telegram.calls("getUpdates").size() > before);
            assertThat(Duration.between(told, telegram.calls("getUpdates").get(before).at())).as("a long wait is not a hang").isGreaterThan(Duration.ofMillis(5_990));
            try (Connection lock = town.bean(DataSource.class).getConnection(); Statement statement = lock.createStatement()) {
                lock.setAutoCommit(false);
                statement.execute("lock table message");
                ada.says("Hello");
                await().until(() -> town.bean(MeterRegistry.class).find("serai.channel.restarts").counter() != null);
                lock.rollback();
            }
            ada.hears("Good day.");
            await().until(() -> telegram.waiting() == 0);
            assertThat(ada.heard()).hasSize(1);
        }
    }

    @Test
    void neverTellsItsToken(CapturedOutput output) throws IOException, InterruptedException {
        try (var town = Town.with(polling())) {
            town.model().says("Good day.");
            tryEverythingThatCouldTellTheToken(town);
            String secret = telegram.token().substring(telegram.token().indexOf(':') + 1);
            assertThat(output.getAll()).contains("account main on telegram").doesNotContain(secret);
            for (String path : List.of("/health", "/metrics", "/prometheus", "/info")) {
                assertThat(get(town, path)).as(path).doesNotContain(secret);
            }
            List<String> tables = town.sql().sql("select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'")
                    .query(String.class).list();
            assertThat(tables).contains("dead_letter", "parcel", "raw").allSatisfy(table ->
                    assertThat(town.sql().sql("select coalesce(string_agg(t::text, ''), '') from \"" + table + "\" t").query(String.class).single())
                            .as(table).doesNotContain(secret));
        }
    }

    @Test
    void isCalledByTelegramAndSaysYesOnlyWhenItIsStored() throws IOException, InterruptedException {
        var settings = TelegramTest.settings(polling());
        settings.put("serai.telegram.main.mode", "webhook");
        settings.put("serai.telegram.main.url", "https://hub.example/");
        settings.put("serai.telegram.polled.token", "17:not-used-by-webhooks");
        settings.put("serai.telegram.polled.base-uri", telegram.url());
        try (var town = Town.with(settings)) {
            town.model().says("Good day.");
            await().until(() -> telegram.webhook().equals("https://hub.example/hooks/telegram/main"));
            assertThat(telegram.webhookSecret()).hasSize(64).doesNotContain(telegram.token());
            ada.says("Hello");
            JsonNode update = telegram.takePending().getFirst();
            assertThat(push(town, "main", null, update.toString())).isEqualTo(401);
            assertThat(push(town, "main", "a-guess-of-16-letters", update.toString())).isEqualTo(401);
            assertThat(push(town, "polled", telegram.webhookSecret(), update.toString())).isEqualTo(401);
            assertThat(push(town, "nobody", telegram.webhookSecret(), update.toString())).isEqualTo(401);
            assertThat(count(town, "message")).isZero();
            assertThat(push(town, "main", telegram.webhookSecret(), update.toString())).isEqualTo(200);
            assertThat(count(town, "message")).as("stored before the answer").isPositive();
            assertThat(push(town, "main", telegram.webhookSecret(), update.toString())).isEqualTo(200);
            ada.hears("Good day.");
            assertThat(push(town, "main", telegram.webhookSecret(), "{\"update_id\": tru")).isEqualTo(200);
            assertThat(town.sql().sql("select rule from telegram_update").query(String.class).list()).containsExactly("unreadable");
            assertThat(town.model().requests()).hasSize(1);
            assertThat(telegram.calls("getUpdates").stream().filter(call -> call.parameters().has("offset")).toList()).isEmpty();
        }
    }

    private Map<String, Object> polling() {
        return TelegramTest.settings(Map.of("serai.telegram.main.token", telegram.token(), "serai.telegram.main.base-uri", telegram.url()));
    }

    private int polledIn(Duration time) {
        int before = telegram.calls("getUpdates").size();
        await().pollDelay(time).until(() -> true);
        return telegram.calls("getUpdates").size() - before;
    }

    private static int count(Town town, String table) {
        return town.sql().sql("select count(*) from " + table).query(Integer.class).single();
    }

    private static int push(Town town, String bot, String secret, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(town.url("/hooks/telegram/" + bot)).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        if (secret != null) {
            request.header("X-Telegram-Bot-Api-Secret-Token", secret);
        }
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.discarding()).statusCode();
        }
    }

    private static String get(Town town, String path) throws IOException, InterruptedException {
        String login = Base64.getEncoder().encodeToString("admin:a-password-for-tests".getBytes());
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(HttpRequest.newBuilder(town.url(path)).header("Authorization", "Basic " + login).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            return answer.headers().map().values().stream().map(String::valueOf).collect(Collectors.joining()) + answer.body();
        }
    }
}
