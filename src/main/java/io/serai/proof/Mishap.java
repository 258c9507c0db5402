package io.serai.proof;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** What a server does instead of what it was asked for. */
enum Mishap {
    SLOW_DOWN_FOR_A_SECOND(answer(429, Map.of("error", "slow down"))),
    SLOW_DOWN(answer(429, Map.of("error", "slow down"))),
    BROKEN(answer(500, Map.of("error", "oh"))),
    AWAY(answer(503, Map.of("error", "away"))),
    OVERLOADED(answer(529, Map.of("error", "overloaded"))),
    TOO_LONG(answer(400, Map.of("error", Map.of("message", "too many tokens", "code", "context_length_exceeded")))),
    NOT_TAKEN(answer(400, Map.of("error", "this I do not take"))),
    FORBIDDEN(answer(403, Map.of("error", "not by you"))),
    LOCKED_OUT(answer(401, Map.of("error", "who are you?"))),
    NONSENSE(answer(200, "this is not what was asked for")),
    NO_CHOICES(answer(200, Map.of("choices", List.of()))),
    EMPTY(answer(200, said("", "stop"))),
    REFUSAL(answer(200, said("I would rather", "content_filter"))),
    WRONG_ARGUMENTS(answer(200, asking("recall", "{\"query\": 7, \"contact\": 1}"))),
    UNKNOWN_TOOL(answer(200, asking("teleport", "{}"))),
    TRUNCATED(stream("{\"choices\": [{\"index\": 0, \"message\": {\"role\": \"assistant\", \"content\": \"Heard k", 0, Duration.ZERO)),
    ONE_TOKEN_PER_TEN_SECONDS(stream("{", 12, Duration.ofSeconds(10))),
    ENDLESS(stream(" ".repeat(65_536), Integer.MAX_VALUE, Duration.ZERO)),
    RESET(HttpExchange::close),

    /** No word, and the connection stays: the sender has to give up by itself. */
    SILENCE(exchange -> {});

    /** What it does to one request. */
    private interface Act {
        void befall(HttpExchange exchange) throws IOException;
    }

    private final Act act;

    Mishap(Act act) {
        this.act = act;
    }

    /** When the sender is told to come back, from now; null when it is not told. */
    Duration told() {
        return this == SLOW_DOWN_FOR_A_SECOND ? Duration.ofSeconds(1) : null;
    }

    void befall(HttpExchange exchange) throws IOException {
        if (told() != null) {
            exchange.getResponseHeaders().add("Retry-After", String.valueOf(told().toSeconds()));
        }
        act.befall(exchange);
    }

    /** As a model says it. */
    static Map<String, Object> said(String text, String end) {
        return Map.of("id", "c", "object", "chat.completion", "model", "proof",
                "choices", List.of(Map.of("index", 0, "finish_reason", end, "message", Map.of("role", "assistant", "content", text))),
                "usage", Map.of("prompt_tokens", 1, "completion_tokens", 1, "total_tokens", 2));
    }

    /** As a model asks for a tool. */
    private static Map<String, Object> asking(String tool, String arguments) {
        var call = Map.of("id", "t", "type", "function", "function", Map.of("name", tool, "arguments", arguments));
        return Map.of("id", "c", "object", "chat.completion", "model", "proof",
                "choices", List.of(Map.of("index", 0, "finish_reason", "tool_calls",
                        "message", Map.of("role", "assistant", "content", "I shall look", "tool_calls", List.of(call)))),
                "usage", Map.of("prompt_tokens", 1, "completion_tokens", 1, "total_tokens", 2));
    }

    private static Act answer(int status, Object body) {
        return exchange -> FarSide.send(exchange, status, body);
    }

    /** A piece, and then so many more of it with pauses between them, until the sender has had enough. */
    private static Act stream(String piece, int more, Duration pause) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (exchange) {
                OutputStream out = exchange.getResponseBody();
                for (int sent = 0; sent <= more && sent >= 0; sent++) {
                    out.write(piece.getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    LockSupport.parkNanos(pause.toNanos());
                }
            }
        };
    }
}
