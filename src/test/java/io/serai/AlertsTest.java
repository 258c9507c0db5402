package io.serai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.serai.town.ShortTalks;
import io.serai.town.Town;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The alarms of docs/alerts.yaml ring for metrics that there are. */
@Tag("database")
@ResourceLock(ShortTalks.LOCK)
class AlertsTest {

    @Test
    void watchWhatTheHubCounts() throws IOException {
        Town town = ShortTalks.town();
        town.model().answersBy(request -> request.system().startsWith("You keep the file") ? "{}" : "Well.");
        var customer = town.visitor();
        for (int turn = 0; turn < 7; turn++) {
            customer.says("You forgot what I told you");
            customer.hears();
        }
        await().untilAsserted(() -> assertThat(scrape(town)).contains(watched()));
    }

    private static Set<String> watched() throws IOException {
        JsonNode rules = new YAMLMapper().readTree(Files.readString(Path.of("docs/alerts.yaml"))).at("/groups/0/rules");
        assertThat(rules).hasSize(5);
        return rules.findValuesAsText("expr").stream()
                .flatMap(expression -> Pattern.compile("serai_\\w+").matcher(expression).results().map(MatchResult::group))
                .collect(Collectors.toSet());
    }

    private static String scrape(Town town) throws IOException, InterruptedException {
        String admin = Base64.getEncoder().encodeToString("admin:a-password-for-tests".getBytes());
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(town.url("/prometheus")).header("Authorization", "Basic " + admin).build(), BodyHandlers.ofString()).body();
        }
    }
}
