package io.serai.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.Capped;
import io.serai.NoConnection;
import io.serai.Whole;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * The Bot API (core.telegram.org/bots/api) of one bot. The token is part of every address, so nothing that is thrown here quotes one, and what the far
 * side says is searched for the token before it is told. May be used by many threads at once.
 */
final class BotApi {

    /** The call that Telegram answers late. */
    static final String POLL = "getUpdates";

    private static final Pattern TOKEN = Pattern.compile("\\d{1,20}:[A-Za-z0-9_-]{5,200}");

    /** What getFile names; the address is made of it. */
    private static final Pattern FILE_PATH = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*");

    /** A hundred updates are far smaller. */
    private static final long LONGEST_ANSWER = 32L << 20;

    private static final int LONGEST_DESCRIPTION = 300;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final String base;
    private final String token;
    private final Duration timeout;
    private volatile CompletableFuture<?> poll;

    BotApi(URI base, String token, Duration timeout) {
        this.base = base.toString().replaceFirst("/+$", "");
        this.token = token;
        this.timeout = timeout;
        this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(timeout).build();
    }

    static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }

    /** The number of the bot, which is the first half of its token. */
    long id() {
        return Long.parseLong(token.substring(0, token.indexOf(':')));
    }

    JsonNode call(String method, Map<String, ?> parameters) {
        return call(method, parameters, Duration.ZERO);
    }

    /**
     * @param patience how long the answer may take beyond the usual
     * @throws Rejected when the Bot API said no
     * @throws Unreachable when it said nothing that can be understood
     */
    JsonNode call(String method, Map<String, ?> parameters, Duration patience) {
        return ask(method, parameters, timeout.plus(patience));
    }

    private JsonNode ask(String method, Map<String, ?> parameters, Duration time) {
        var request = request("/bot" + token + "/" + method)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(write(parameters)))
                .build();
        HttpResponse<byte[]> response = exchange(method, request, LONGEST_ANSWER, time);
        JsonNode answer = read(response.body());
        if (answer.path("ok").isBoolean()) {
            return result(method, answer);
        }
        String shape = "%s was answered with HTTP %d and no JSON of the Bot API".formatted(method, response.statusCode());
        throw switch (response.statusCode()) {
            case 401, 404, 429 -> new Rejected(method, response.statusCode(), "without a word of the Bot API", JSON.createObjectNode());
            case 503 -> new Unreachable(shape, true); // RFC 9110, 15.6.4: the server could not handle it
            default -> new Unreachable(shape, false);
        };
    }

    private JsonNode result(String method, JsonNode answer) {
        if (answer.path("ok").asBoolean()) {
            return answer.path("result");
        }
        String description = answer.path("description").asText();
        throw new Rejected(method, answer.path("error_code").asInt(), secure(description), answer.path("parameters"));
    }

    /**
     * The bytes of a file.
     *
     * @param time how long it may take at most
     * @throws Rejected when Telegram does not give it out, as when it is larger than bots may fetch
     */
    byte[] file(String fileId, long limit, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        String path = ask("getFile", Map.of("file_id", fileId), shorter(time, timeout)).path("file_path").asText();
        if (!FILE_PATH.matcher(path).matches()) {
            throw new Rejected("getFile", 400, "named a place that is no file of the Bot API", JSON.createObjectNode());
        }
        Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
        HttpResponse<byte[]> response = exchange("file", request("/file/bot" + token + "/" + path).build(), limit, left);
        if (response.statusCode() != 200) {
            throw new Unreachable("a file was answered with HTTP " + response.statusCode(), false);
        }
        return response.body();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path));
    }

    /** No larger than it may be, and within the time. */
    private HttpResponse<byte[]> exchange(String what, HttpRequest request, long limit, Duration time) {
        CompletableFuture<HttpResponse<byte[]>> coming = http.sendAsync(request, Capped.at(limit, HttpResponse.BodyHandlers.ofByteArray()));
        if (what.equals(POLL)) {
            poll = coming;
        }
        try {
            return Whole.of(coming, time);
        } catch (IOException silent) {
            throw new Unreachable(what + " had no answer: " + tell(silent), NoConnection.isBehind(silent));
        } catch (CancellationException hungUp) {
            throw new Unreachable(what + " was given up", false);
        }
    }

    /** Gives up a poll, and nothing else that is asked meanwhile. */
    void hangUp() {
        CompletableFuture<?> hanging = poll;
        if (hanging != null) {
            hanging.cancel(true);
        }
    }

    private String tell(Throwable failure) {
        String message = failure.getMessage();
        return failure.getClass().getSimpleName() + (message == null ? "" : ", " + secure(message));
    }

    private String secure(String text) {
        String secret = token.substring(token.indexOf(':') + 1);
        String safe = text.replace(secret, "***");
        return safe.length() <= LONGEST_DESCRIPTION ? safe : safe.substring(0, LONGEST_DESCRIPTION) + "...";
    }

    private static JsonNode read(byte[] body) {
        try {
            return JSON.readTree(new String(body, StandardCharsets.UTF_8));
        } catch (JsonProcessingException garbage) {
            return JSON.missingNode();
        }
    }

    private static String write(Map<String, ?> parameters) {
        try {
            return JSON.writeValueAsString(parameters);
        } catch (IOException unwritable) {
            throw new IllegalArgumentException("parameters of the Bot API are text, numbers, lists and maps", unwritable);
        }
    }
}
