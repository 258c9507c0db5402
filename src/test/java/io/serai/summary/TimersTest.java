package io.serai.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.town.Town;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What happens by the clock. */
@Tag("database")
class TimersTest {

    @Test
    void keepHowThingsStandAndMarkWhoHasGone() throws Exception {
        try (var town = Town.with(Map.of("serai.timers.dormant", "0/1 * * * * ?", "serai.timers.snapshot", "0/1 * * * * ?"))) {
            town.model().says("Well.");
            var customer = town.visitor();
            customer.says("Hello");
            customer.hears();
            town.sql().sql("update message set said_at = said_at - interval '91 days'").update();
            town.sql().sql("""
                    insert into profile_fact (contact_id, path, value, told_by, learned_at) select id, 'identity.company', '=1+1, "Acme"', 'model', now() from contact
                    """).update();
            await().until(() -> town.sql().sql("select count(*) from contact where dormant_at is not null").query(Integer.class).single() == 1);
            town.sql().sql("delete from snapshot").update();
            await().until(() -> town.sql().sql("select count(*) from snapshot").query(Integer.class).single() == 1);
            assertThat(get(town, "application/json")).contains("\"stages\":{\"dormant\":1}", "\"marketing\":\"churned\"");
            assertThat(get(town, "text/csv")).contains(",dormant,churned,false,0,0,0,", "=1+1, \"\"Acme\"\"\"\r\n");
            customer.says("I am back");
            customer.hears();
            await().until(() -> town.sql().sql("select count(*) from contact where dormant_at is not null").query(Integer.class).single() == 0);
        }
    }

    private static String get(Town town, String type) throws IOException, InterruptedException {
        String admin = Base64.getEncoder().encodeToString("admin:a-password-for-tests".getBytes());
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(town.url("/api/snapshots")).header("Accept", type).header("Authorization", "Basic " + admin).build(),
                    BodyHandlers.ofString()).body();
        }
    }
}
