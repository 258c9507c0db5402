package io.serai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.town.Bridge;
import io.serai.town.TestDatabase;
import io.serai.town.Town;
import io.serai.town.Visitor;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The database goes away and comes back; the hub stays. */
@Tag("database")
class OutageTest {

    private static final String SECRET = "correct-horse-battery-staple";
    private static final Map<String, String> HELLO = Map.of("text", "Is anybody there?", "id", "9c8c5bb0-6a55-4f6c-b2bb-3c9a8a0f4e11");

    @Test
    void acceptsNothingWhileTheDatabaseIsAwayAndGoesOnByItselfWhenItIsBack() {
        TestDatabase database = TestDatabase.furnished();
        URI server = URI.create(database.url().substring("jdbc:".length()));
        try (var bridge = new Bridge(new InetSocketAddress(server.getHost(), server.getPort()));
                var town = Town.with(Map.of(
                        "serai.db.url", database.url().replace(":" + server.getPort() + "/", ":" + bridge.port() + "/"),
                        "serai.db.patience", "2s"))) {
            town.model().says("Yes.");
            Visitor customer = town.visitor();
            customer.says("Hello");
            customer.hears("Yes.");

            bridge.tearDown();
            HttpResponse<String> refusal = customer.posts(HELLO);
            assertThat(refusal.statusCode()).as(refusal.body()).isEqualTo(503);
            assertThat(refusal.headers().firstValue("Retry-After")).isPresent();
            assertThat(refusal.headers().firstValue("Content-Type")).hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));

            bridge.build();
            await().until(() -> customer.posts(HELLO).statusCode() == 202);
            customer.hears("Yes.");
        }
    }

    @Test
    void tellsNobodyToSendAgainWhatIsStored() throws Exception {
        TestDatabase database = TestDatabase.furnished();
        URI server = URI.create(database.url().substring("jdbc:".length()));
        try (var bridge = new Bridge(new InetSocketAddress(server.getHost(), server.getPort()));
                var town = Town.with(Map.of(
                        "serai.db.url", database.url().replace(":" + server.getPort() + "/", ":" + bridge.port() + "/"),
                        "serai.db.patience", "2s",
                        "serai.completions.patience", "8s", // longer than until the next look
                        "serai.api.token", SECRET,
                        "serai.hooks.shop.scheme", "bearer",
                        "serai.hooks.shop.secret", SECRET))) {
            town.model().takes(Duration.ofSeconds(30));
            var completion = posts(town, "/v1/chat/completions", "{\"user\": \"ann\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}");
            var hook = posts(town, "/hooks/shop?wait=8", "{\"user\": \"ben\", \"text\": \"Hello\"}");
            await().until(() -> town.model().requests().size() == 2);

            bridge.tearDown();
            assertThat(completion.get(20, TimeUnit.SECONDS).statusCode()).as(completion.get().body()).isEqualTo(504);
            assertThat(hook.get(20, TimeUnit.SECONDS).statusCode()).as(hook.get().body()).isEqualTo(202);
            bridge.build();
        }
    }

    private static CompletableFuture<HttpResponse<String>> posts(Town town, String path, String body) {
        var request = HttpRequest.newBuilder(town.url(path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + SECRET)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }
}
