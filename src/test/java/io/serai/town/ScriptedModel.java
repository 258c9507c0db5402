package io.serai.town;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/**
 * A language model's server on loopback that says what it is told to: chat completions of OpenAI, streamed and not. It carries thousands of
 * calls at once, and can be started by hand: {@code ScriptedModel <port> <milliseconds per answer>}.
 */
public final class ScriptedModel implements AutoCloseable {

    static {
        // Small chunks leave at once, and idle connections are kept: the JDK's server closes all but 200.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
        System.setProperty("sun.net.httpserver.idleInterval", "300");
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Queue<Request> journal = new ConcurrentLinkedQueue<>();
    private final Queue<Mishap> mishaps = new ConcurrentLinkedQueue<>();
    private volatile Mishap lasting;
    private volatile Function<Request, List<Call>> wishes = request -> List.of();
    private volatile boolean takesTools = true;
    private volatile boolean takesTemperature = true;
    private volatile Function<Request, String> complaints = request -> null;
    private volatile Function<Request, String> answers = request -> "Good day.";
    private volatile Duration latency = Duration.ZERO;
    private volatile Duration drip = Duration.ZERO;
    private volatile Predicate<String> goesOn = said -> true;
    private volatile boolean tellsUsage = true;

    private ScriptedModel(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 4_096);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/chat/completions", this::complete);
        server.createContext("/v1/models", exchange ->
                send(exchange, 200, Map.of("object", "list", "data", List.of(Map.of("id", "scripted", "object", "model")))));
        server.start();
    }

    /** A tool that it asks for. */
    public record Call(String tool, String arguments) {}

    /** What happens to one request instead of an answer. */
    private interface Mishap {
        void befall(HttpExchange exchange, Request request) throws IOException;
    }

    /** A request as it came. */
    public record Request(Instant at, Map<String, List<String>> headers, JsonNode json) {

        public boolean streams() {
            return json.path("stream").asBoolean();
        }

        public String model() {
            return json.path("model").asText();
        }

        /** The content of all messages of a role, oldest first. */
        public List<String> messages(String role) {
            List<String> texts = new ArrayList<>();
            json.path("messages").forEach(message -> {
                if (role.equals(message.path("role").asText())) {
                    texts.add(text(message.path("content")));
                }
            });
            return texts;
        }

        public String system() {
            return String.join("\n", messages("system"));
        }

        public String lastUser() {
            return messages("user").getLast();
        }

        /** The names of the tools it may ask for. */
        public List<String> tools() {
            return json.path("tools").findValuesAsText("name").stream().toList();
        }

        /** What tools told so far, oldest first. */
        public List<String> told() {
            return messages("tool");
        }

        public String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().getFirst())
                    .findFirst()
                    .orElse(null);
        }

        private static String text(JsonNode content) {
            if (content.isTextual()) {
                return content.asText();
            }
            var parts = new StringBuilder();
            content.forEach(part -> parts.append(part.path("text").asText()));
            return parts.toString();
        }
    }

    public static ScriptedModel start() {
        return new ScriptedModel(0);
    }

    public static ScriptedModel start(int port) {
        return new ScriptedModel(port);
    }

    /** The base URL to configure. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    public ScriptedModel says(String text) {
        return answersBy(request -> text);
    }

    public ScriptedModel answersBy(Function<Request, String> script) {
        answers = script;
        return this;
    }

    /** The next request, it answers by asking for tools. */
    public ScriptedModel asksFor(Call... calls) {
        mishaps.add((exchange, request) -> ask(exchange, request, "", List.of(calls)));
        return this;
    }

    /** It asks for tools when the script wants some; where it wants none, it answers. What it answers it says before, too. */
    public ScriptedModel asksBy(Function<Request, List<Call>> script) {
        wishes = script;
        return this;
    }

    /** As Ollama refuses requests with tools for models that know none. */
    public ScriptedModel takesNoTools() {
        takesTools = false;
        return this;
    }

    /** As OpenAI refuses requests with a temperature for models that think. */
    public ScriptedModel takesNoTemperature() {
        takesTemperature = false;
        return this;
    }

    /** Requests that it has something to say against are turned away with that. */
    public ScriptedModel refusesBy(Function<Request, String> script) {
        complaints = script;
        return this;
    }

    /** How long it thinks before the first token. */
    public ScriptedModel takes(Duration time) {
        latency = time;
        return this;
    }

    /** How long it waits before each further token of a stream. */
    public ScriptedModel drips(Duration pause) {
        drip = pause;
        return this;
    }

    /** It says each further word of a stream, or breaks off, only once this holds of what it has said so far; until it {@link #recovers()}. */
    public ScriptedModel goesOnWhen(Predicate<String> said) {
        goesOn = said;
        return this;
    }

    public ScriptedModel tellsNoUsage() {
        tellsUsage = false;
        return this;
    }

    /** The next request is turned away. */
    public ScriptedModel fails(int status) {
        return fails(status, null);
    }

    /** The next request is turned away and told when to come back. */
    public ScriptedModel fails(int status, Duration retryAfter) {
        mishaps.add(refusal(status, retryAfter));
        return this;
    }

    /** The same, and it takes its time to say so. */
    public ScriptedModel failsAfter(Duration time, int status, Duration retryAfter) {
        mishaps.add((exchange, request) -> {
            sleep(time);
            refusal(status, retryAfter).befall(exchange, request);
        });
        return this;
    }

    /** All requests are turned away until it {@link #recovers()}. */
    public ScriptedModel keepsFailing(int status) {
        lasting = refusal(status, null);
        return this;
    }

    /** The next answer is empty. */
    public ScriptedModel saysNothing() {
        mishaps.add((exchange, request) -> answer(exchange, request, ""));
        return this;
    }

    /** The next answer breaks off in the middle, and the connection with it. */
    public ScriptedModel resetsMidStream() {
        mishaps.add((exchange, request) -> {
            streamTo(exchange, answers.apply(request), true);
            throw new IOException("reset on purpose");
        });
        return this;
    }

    /** The next answer ends in the middle as if that were all: no finish reason, no [DONE]. */
    public ScriptedModel breaksOff() {
        mishaps.add((exchange, request) -> {
            streamTo(exchange, answers.apply(request), true);
            exchange.close();
        });
        return this;
    }

    /** The next answer ends in the middle, with this word for why. */
    public ScriptedModel endsWith(String reason) {
        mishaps.add((exchange, request) -> {
            String half = half(answers.apply(request));
            if (request.streams()) {
                streamTo(exchange, half, reason);
                exchange.close();
            } else {
                whole(exchange, request, half, reason);
            }
        });
        return this;
    }

    /** The next answer is this instead of JSON. */
    public ScriptedModel sends(String body) {
        mishaps.add((exchange, request) -> send(exchange, 200, body));
        return this;
    }

    public ScriptedModel recovers() {
        mishaps.clear();
        lasting = null;
        wishes = request -> List.of();
        takesTools = true;
        takesTemperature = true;
        complaints = request -> null;
        goesOn = said -> true;
        return this;
    }

    public List<Request> requests() {
        return List.copyOf(journal);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void complete(HttpExchange exchange) throws IOException {
        var request = new Request(Instant.now(), Map.copyOf(exchange.getRequestHeaders()), JSON.readTree(exchange.getRequestBody()));
        journal.add(request);
        Mishap mishap = mishaps.poll();
        mishap = mishap == null ? lasting : mishap;
        if (mishap != null) {
            mishap.befall(exchange, request);
            return;
        }
        if (!takesTools && !request.tools().isEmpty()) {
            send(exchange, 400, Map.of("error", Map.of("message", "registry.ollama.ai/library/scripted does not support tools", "type", "api_error")));
            return;
        }
        if (!takesTemperature && request.json().has("temperature")) {
            send(exchange, 400, Map.of("error", Map.of("message", "Unsupported value: 'temperature' does not support 0.1 with this model.",
                    "type", "invalid_request_error", "param", "temperature", "code", "unsupported_value")));
            return;
        }
        String complaint = complaints.apply(request);
        if (complaint != null) {
            send(exchange, 400, Map.of("error", Map.of("message", complaint, "type", "invalid_request_error")));
            return;
        }
        sleep(latency);
        List<Call> calls = wishes.apply(request);
        if (calls.isEmpty()) {
            answer(exchange, request, answers.apply(request));
        } else {
            ask(exchange, request, answers.apply(request), calls);
        }
    }

    private void ask(HttpExchange exchange, Request request, String text, List<Call> calls) throws IOException {
        List<Map<String, Object>> wanted = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            wanted.add(Map.of("index", i, "id", "their-own-" + i, "type", "function",
                    "function", Map.of("name", calls.get(i).tool(), "arguments", calls.get(i).arguments())));
        }
        if (!request.streams()) {
            var message = Map.of("role", "assistant", "content", text, "tool_calls", wanted);
            send(exchange, 200, Map.of("id", "c1", "object", "chat.completion", "model", request.model(),
                    "choices", List.of(Map.of("index", 0, "message", message, "finish_reason", "tool_calls")), "usage", usage(text)));
            return;
        }
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        for (String word : text.split("(?<=\\s)")) {
            event(out, chunk(Map.of("content", word), null));
        }
        for (var call : wanted) {
            event(out, chunk(Map.of("tool_calls", List.of(call)), null)); // one a piece, as OpenAI does
        }
        event(out, chunk(Map.of(), "tool_calls"));
        event(out, Map.of("id", "c1", "object", "chat.completion.chunk", "choices", List.of(), "usage", usage(text)));
        out.write("data: [DONE]\n\n".getBytes(UTF_8));
        exchange.close();
    }

    private void answer(HttpExchange exchange, Request request, String text) throws IOException {
        if (request.streams()) {
            streamTo(exchange, text, false);
            exchange.close();
            return;
        }
        whole(exchange, request, text, "stop");
    }

    private void whole(HttpExchange exchange, Request request, String text, String finish) throws IOException {
        var choice = Map.of("index", 0, "message", Map.of("role", "assistant", "content", text), "finish_reason", finish);
        var whole = new java.util.HashMap<String,
                Object>(Map.of("id", "c1", "object", "chat.completion", "model", request.model(), "choices", List.of(choice)));
        if (tellsUsage) {
            whole.put("usage", usage(text));
        }
        send(exchange, 200, whole);
    }

    private void streamTo(HttpExchange exchange, String text, boolean half) throws IOException {
        streamTo(exchange, half ? half(text) : text, half ? null : "stop");
    }

    private static String half(String text) {
        String[] words = text.split("(?<=\\s)");
        return String.join("", List.of(words).subList(0, (words.length + 1) / 2));
    }

    /** @param finish why it ends; null when it breaks off without a word */
    private void streamTo(HttpExchange exchange, String text, String finish) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        var said = new StringBuilder();
        for (String word : text.split("(?<=\\s)")) {
            if (!said.isEmpty()) {
                sleep(drip);
                waitToGoOn(said.toString());
            }
            event(out, chunk(Map.of("content", word), null));
            said.append(word);
        }
        if (finish == null) {
            waitToGoOn(text);
        } else {
            event(out, chunk(Map.of(), finish));
            if (tellsUsage) {
                event(out, Map.of("id", "c1", "object", "chat.completion.chunk", "choices", List.of(), "usage", usage(text)));
            }
            out.write("data: [DONE]\n\n".getBytes(UTF_8));
            out.flush();
        }
    }

    private void waitToGoOn(String said) {
        if (!goesOn.test(said)) {
            Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10)).until(() -> goesOn.test(said));
        }
    }

    private static Map<String, Object> chunk(Map<String, ?> delta, String finish) {
        var choice = new java.util.HashMap<String, Object>(Map.of("index", 0, "delta", delta));
        choice.put("finish_reason", finish);
        return Map.of("id", "c1", "object", "chat.completion.chunk", "model", "scripted", "choices", List.of(choice));
    }

    private static Map<String, Integer> usage(String text) {
        int words = text.split("\\s+").length;
        return Map.of("prompt_tokens", 11, "completion_tokens", words, "total_tokens", 11 + words);
    }

    private static void event(OutputStream out, Map<String, Object> data) throws IOException {
        out.write(("data: " + JSON.writeValueAsString(data) + "\n\n").getBytes(UTF_8));
        out.flush();
    }

    private static Mishap refusal(int status, Duration retryAfter) {
        return (exchange, request) -> {
            if (retryAfter != null) {
                exchange.getResponseHeaders().add("Retry-After", String.valueOf(retryAfter.toSeconds()));
            }
            var authorization = exchange.getRequestHeaders().getFirst("Authorization");
            send(exchange, status, Map.of("error", Map.of("message", "no, not with " + authorization, "type", "scripted_error")));
        };
    }

    private static void send(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = body instanceof String text ? text.getBytes(UTF_8) : JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Serves until it is killed. */
    public static void main(String[] arguments) {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8_090;
        Duration latency = Duration.ofMillis(arguments.length > 1 ? Long.parseLong(arguments[1]) : 0);
        var model = start(port).takes(latency)
                .answersBy(request -> "You said: " + request.lastUser().replaceFirst("(?s)^.*</now>\\s*", ""));
        System.out.println("SERAI_MODELS_MAIN_BASE_URL=" + model.url() + " SERAI_MODELS_MAIN_NAME=scripted");
    }
}
