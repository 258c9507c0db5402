package io.serai.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.Capped;
import io.serai.Whole;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import org.springframework.stereotype.Component;

/**
 * Other systems that are asked over HTTP, as JSON. A reply waits for them: the time allowed is for all of an answer, to its last byte, and an answer has
 * a size.
 */
@Component
class Elsewhere {

    private static final int MOST_BYTES = 1024 * 1024;

    private final ObjectMapper json;

    /** Follows nobody elsewhere: what they said is told to whom it was meant for. */
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    Elsewhere(ObjectMapper json) {
        this.json = json;
    }

    /**
     * @param timeout milliseconds
     * @return what it answered
     */
    String ask(String url, Map<String, ?> question, long timeout) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.writeValueAsString(question)))
                .build();
        HttpResponse<String> answer = await(request, Duration.ofMillis(timeout));
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("it answered with status " + answer.statusCode());
        }
        return answer.body();
    }

    private HttpResponse<String> await(HttpRequest request, Duration timeout) throws IOException {
        try {
            return Whole.of(http.sendAsync(request, Capped.at(MOST_BYTES, HttpResponse.BodyHandlers.ofString(UTF_8))), timeout);
        } catch (IOException failed) {
            throw new IOException("it could not be asked: " + failed, failed);
        }
    }
}
