package io.serai;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * {@code train}: a hub that starts, answers and ends, on loopback, with a database that is thrown away. With {@code -XX:AOTCacheOutput=serai.aot}
 * Java (25 and newer, JEP 514 and 515) keeps what was loaded and how often it ran, for every later start with {@code -XX:AOTCache=serai.aot}.
 */
final class Training {

    /** Enough for Java to know which parts of a turn are worth its second compiler. */
    private static final int QUESTIONS = 400;

    private final String token = UUID.randomUUID().toString();
    private final HttpClient http = HttpClient.newHttpClient();

    /** @return the exit code: 0 unless the hub gave no answer */
    int run() throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("serai-train");
        try (var hub = Serai.hub().run("--serai.home=" + home, "--serai.db.url=", "--serai.models.main.provider=offline",
                "--serai.api.token=" + token, "--serai.telegram.main.token=", "--serai.slack.main.token=", "--serai.email.main.address=",
                "--server.address=127.0.0.1", "--server.port=0")) {
            int port = ((ServletWebServerApplicationContext) hub).getWebServer().getPort();
            for (int question = 1; question <= QUESTIONS; question++) {
                if (ask(port, question).statusCode() != 200) {
                    return 1;
                }
            }
            return 0;
        } finally {
            FileSystemUtils.deleteRecursively(home);
        }
    }

    private HttpResponse<Void> ask(int port, int question) throws IOException, InterruptedException {
        String body = """
                {"model": "serai", "user": "trainee", "messages": [{"role": "user", "content": "We need %d chairs. How many did I say?"}]}"""
                .formatted(question);
        return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/chat/completions"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build(), BodyHandlers.discarding());
    }
}
