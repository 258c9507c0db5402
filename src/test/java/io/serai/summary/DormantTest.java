package io.serai.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.serai.route.Reload;
import io.serai.route.RouteState;
import io.serai.town.Printed;
import io.serai.town.RecipeHome;
import io.serai.town.TestDatabase;
import io.serai.town.Town;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An admin is told who has gone quiet. */
@Tag("database")
class DormantTest {

    private static final String LOG = "uri: log:serai.report?plain=true";
    private static final Map<String, Object> EACH_SECOND = Map.of("serai.timers.dormant", "0/1 * * * * ?");

    @Test
    void areReportedOnceByTwoHubs(Printed output) throws Exception {
        Map<String, Object> settings = new HashMap<>(EACH_SECOND);
        settings.putAll(TestDatabase.furnished().properties());
        settings.put("serai.db.pool-size", 8);
        try (Town one = Town.with(settings); Town other = Town.with(settings)) {
            long gone = quiet(one, "Secret Name");
            one.sql().sql("insert into contact (name, dormant_at, merged_into) values ('Merged', now(), ?)").param(gone).update();
            await().until(() -> told(other) == 1);
            fires(one);
            assertThat(reports(output, gone)).isOne();
            assertThat(output).contains("1 contact(s) went dormant, nobody is deleted: " + gone + ". Who they are: GET /api/contacts?dormant=true")
                    .doesNotContain("Secret Name");

            one.sql().sql("insert into contact (name) values ('Here')").update();
            assertThat(get(one, "application/json", "?dormant=true")).contains("Secret Name").doesNotContain("Here", "Merged");
            assertThat(get(one, "application/json", "?dormant=false")).contains("Here").doesNotContain("Secret Name");
            assertThat(get(one, "application/json", "?dormant=perhaps")).contains("dormant has the wrong form");
            assertThat(get(one, "text/csv", "?dormant=true")).startsWith("id,name,timeZone,knownSince,heardAt,dormantAt,handles\r\n" + gone + ",Secret Name,,");

            one.sql().sql("update contact set dormant_told_at = dormant_at - interval '1 day' where id = ?").param(gone).update();
            await().until(() -> reports(output, gone) == 2 && told(one) == 1);

            one.sql().sql("update contact set dormant_at = now() + interval '1 minute' where id = ?").param(gone).update();
            await().until(() -> reports(output, gone) == 3);
            fires(one);
            assertThat(reports(output, gone)).as("by a clock that is a minute ahead").isEqualTo(3);
        }
    }

    /** The recipe of docs/operations.md. */
    @Test
    void areReportedByMailOnceOneLineSaysSoAndAgainUntilItWasSent(@TempDir Path folder) throws IOException {
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        String report = Files.readString(Path.of("routes/reports.yaml"));
        Path home = RecipeHome.with(folder);
        Files.writeString(home.resolve("routes/reports.yaml"), report.replace(LOG, smtp(1)));
        Map<String, Object> settings = new HashMap<>(EACH_SECOND);
        settings.put("serai.home", home);
        try (Town town = Town.with(settings)) {
            quiet(town, "Ada");
            fires(town);
            assertThat(told(town)).as("nobody took it").isZero();
            Files.writeString(home.resolve("routes/reports.yaml"), report.replace(LOG, smtp(mail.getSmtp().getPort())));
            await().until(() -> told(town) == 1);
            assertThat(mail.getReceivedMessages()).singleElement().satisfies(message -> {
                assertThat(message.getSubject()).isEqualTo("Serai");
                assertThat(message.getContent().toString()).startsWith("1 contact(s) went dormant");
            });
        } finally {
            mail.stop();
        }
    }

    /** Two hubs in one process write a line twice, and other scenes' hubs write there too. */
    private static long reports(Printed output, long gone) {
        return Pattern.compile("\\S+ INFO .*serai.report .*went dormant.*: " + gone + "\\.").matcher(output.toString()).results().map(MatchResult::group).distinct().count();
    }

    private static String smtp(int port) {
        return "uri: smtp://127.0.0.1:" + port + "?from=serai@example.com&to=admin@example.com&subject=Serai";
    }

    /** Somebody with a number that nobody has elsewhere. */
    private static long quiet(Town town, String name) {
        return town.sql().sql("insert into contact (id, name, dormant_at) overriding system value values (?, ?, now()) returning id")
                .param(ThreadLocalRandom.current().nextLong(1_000_000_000L, Long.MAX_VALUE / 2)).param(name).query(Long.class).single();
    }

    private static int told(Town town) {
        return town.sql().sql("select count(*) from contact where dormant_told_at >= dormant_at").query(Integer.class).single();
    }

    /** Waits until the timer has fired twice from now on. */
    private static void fires(Town town) {
        long before = fired(town);
        await().until(() -> fired(town) >= before + 2);
    }

    private static long fired(Town town) {
        return town.bean(Reload.class).routes().stream().filter(route -> route.id().equals("timers/dormant")).mapToLong(RouteState::total).sum();
    }

    private static String get(Town town, String type, String query) throws IOException, InterruptedException {
        String admin = Base64.getEncoder().encodeToString("admin:a-password-for-tests".getBytes());
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(town.url("/api/contacts" + query)).header("Accept", type).header("Authorization", "Basic " + admin).build(),
                    BodyHandlers.ofString()).body();
        }
    }
}
