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
            // The hub may be about to write into both, in another order.
            await().ignoreExceptions().until(() -> town.sql().sql("update message set said_at = said_at - interval '91 days'").update() == 2);
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

    @Test
    void tellOfEachContactOncePageByPage() throws Exception {
        try (var town = Town.with(Map.of("serai.timers.snapshot", "0/1 * * * * ?"))) {
            town.model().says("Well.");
            assertThat(get(town, "application/json")).contains("\"day\":null", "\"contacts\":[]");
            var customer = town.visitor();
            customer.says("Here I am again");
            customer.hears();
            town.sql().sql("update contact set dormant_at = now() - interval '1 hour'").update();
            town.sql().sql("insert into contact (name, merged_into) select 'merged', min(id) from contact").update();
            town.sql().sql("delete from snapshot").update();
            await().until(() -> town.sql().sql("select count(*) from snapshot").query(Integer.class).single() > 0);
            assertThat(town.sql().sql("select stage from snapshot").query(String.class).list()).containsExactly("first_contact");
            for (int number = 0; number < 3; number++) {
                town.sql().sql("with one as (insert into contact (name) values ('one') returning id) "
                        + "insert into snapshot select '2020-01-01', id, 'proposal', :hot, 1, 1, :overdue, '{}', 'line ' || :overdue from one")
                        .param("hot", number == 0).param("overdue", number).update();
            }
            String first = get(town, "application/json", "?day=2020-01-01&limit=2");
            assertThat(first).contains("\"stages\":{\"proposal\":3},\"hot\":1,\"quotes\":3,\"pending\":3,\"overdue\":3", "line 0", "line 2", "\"marketing\":null");
            String next = first.replaceAll("(?s).*\"next\":(\\d+).*", "$1");
            assertThat(get(town, "application/json", "?day=2020-01-01&limit=2&after=" + next)).contains("line 1", "\"next\":null").doesNotContain("line 0", "line 2");
            assertThat(get(town, "application/json", "?day=2020-01-01&q=2")).contains("{\"proposal\":3}", "line 2").doesNotContain("line 1");
            assertThat(get(town, "text/csv", "?day=2020-01-01")).contains("proposal,,true,1,1,0,line 0\r\n", "line 1", "line 2");
        }
    }

    private static String get(Town town, String type) throws IOException, InterruptedException {
        return get(town, type, "");
    }

    private static String get(Town town, String type, String query) throws IOException, InterruptedException {
        String admin = Base64.getEncoder().encodeToString("admin:a-password-for-tests".getBytes());
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(town.url("/api/snapshots" + query)).header("Accept", type).header("Authorization", "Basic " + admin).build(),
                    BodyHandlers.ofString()).body();
        }
    }
}
