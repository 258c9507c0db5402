package io.serai.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.Capped;
import io.serai.NoConnection;
import io.serai.Whole;
import io.serai.message.Later;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** The methods of Slack's Web API, called as one workspace (docs.slack.dev, "Using the Slack Web API"). */
class SlackApi {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration UNTOLD = Duration.ofSeconds(1);
    private static final int TOO_MANY = 429;

    /** Two hundred messages are far smaller. */
    private static final long LONGEST_ANSWER = 32L << 20;

    private final HttpClient http;
    private final SlackSettings.Account account;

    SlackApi(SlackSettings.Account account) {
        this.account = account;
        // sooner than a call gives up, so that it is known that nothing was sent
        Duration connect = account.timeout().multipliedBy(4).dividedBy(5);
        this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(connect).build();
    }

    HttpClient http() {
        return http;
    }

    JsonNode call(String method, Map<String, String> parameters) {
        return call(method, account.token(), parameters, account.timeout());
    }

    /**
     * @param timeout for the whole of the answer
     * @return the answer, which is {@code ok}
     * @throws Rejected when Slack said no
     * @throws NoAnswer when it said nothing, or did not end in time
     */
    JsonNode call(String method, String token, Map<String, String> parameters, Duration timeout) {
        String form = parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(account.method(method))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .POST(BodyPublishers.ofString(form))
                .build();
        HttpResponse<String> response = send(method, request, timeout);
        Duration retryAfter = retryAfter(response.headers());
        if (response.statusCode() == TOO_MANY) {
            throw new Rejected(method, "ratelimited", retryAfter == null ? UNTOLD : retryAfter);
        }
        JsonNode answer = read(method, response);
        if (!answer.path("ok").asBoolean()) {
            throw new Rejected(method, word(answer.path("error").asText("no_reason")), retryAfter);
        }
        return answer;
    }

    /** The bytes of a file of the workspace, at most so many and in so much time. */
    byte[] fetch(URI file, long most, Duration timeout) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(file).header("Authorization", "Bearer " + account.token()).build();
        HttpResponse<byte[]> response = Whole.of(http.sendAsync(request, Capped.at(most, BodyHandlers.ofByteArray())), timeout);
        boolean login = response.headers().firstValue("Content-Type").orElse("").startsWith("text/html"); // when the token may not read it
        if (response.statusCode() != 200 || login) {
            throw new IOException("status " + response.statusCode() + ", " + response.body().length + " bytes read");
        }
        return response.body();
    }

    /** The token goes to Slack and to nobody else. */
    boolean isOurs(URI file) {
        String host = file.getHost();
        boolean slack = "https".equals(file.getScheme()) && host != null && host.endsWith(".slack.com");
        return slack || account.baseUrl().getRawAuthority().equals(file.getRawAuthority()) && account.baseUrl().getScheme().equals(file.getScheme());
    }

    private HttpResponse<String> send(String method, HttpRequest request, Duration timeout) {
        try {
            return Whole.of(http.sendAsync(request, Capped.at(LONGEST_ANSWER, BodyHandlers.ofString())), timeout);
        } catch (IOException silent) {
            throw new NoAnswer(method, !NoConnection.isBehind(silent), silent);
        }
    }

    private static JsonNode read(String method, HttpResponse<String> response) {
        if (response.statusCode() >= 300) {
            throw new Rejected(method, "http_" + response.statusCode(), retryAfter(response.headers()));
        }
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException garbage) {
            throw new NoAnswer(method, true, garbage);
        }
    }

    /** What goes into logs is a word, whatever was sent. */
    private static String word(String error) {
        return error.replaceAll("[^A-Za-z0-9_:-]", "_").substring(0, Math.min(error.length(), 80));
    }

    static Duration retryAfter(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,9}"))
                .map(seconds -> Later.bounded(Duration.ofSeconds(Long.parseLong(seconds))))
                .orElse(null);
    }
}
