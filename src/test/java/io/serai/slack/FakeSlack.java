package io.serai.slack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.serai.town.ChannelContract.FarSide;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Slack on loopback: its Web API, its events with their signature, its Socket Mode, and its moods. */
final class FakeSlack implements FarSide, AutoCloseable {

    static final String TOKEN = "xoxb-0000-the-token-of-a-scene";
    static final String APP_TOKEN = "xapp-0000-the-app-token-of-a-scene";
    static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
    static final String SELF = "USERAI";
    static final String TEAM = "TACME";
    /** The same app in another workspace. */
    static final String OTHER_TOKEN = "xoxb-1111-the-token-of-another-workspace";
    static final String OTHER_TEAM = "TOTHER";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What was posted with chat.postMessage. */
    record Posted(String channel, String ts, Map<String, String> form, Map<String, String> headers, Instant at) {}

    /** What happens to one post instead of being taken. */
    private interface Mishap {
        void befall(HttpExchange exchange, Runnable taken) throws IOException;
    }

    private final HttpServer server;
    private final WebSocketServer sockets = new WebSocketServer();
    private final Function<String, URI> hub;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicLong clock = new AtomicLong(Instant.now().getEpochSecond() * 1_000_000);
    private final Map<String, String> ids = new ConcurrentHashMap<>();
    private final List<Posted> posts = new CopyOnWriteArrayList<>();
    private final List<Posted> tries = new CopyOnWriteArrayList<>();
    private final List<ObjectNode> missed = new CopyOnWriteArrayList<>();
    private final Queue<Mishap> mishaps = new ConcurrentLinkedQueue<>();
    private final Map<String, Mishap> mishapsOf = new ConcurrentHashMap<>();
    private final Map<String, String> refusals = new ConcurrentHashMap<>();
    private final Set<String> broken = ConcurrentHashMap.newKeySet();
    private final Set<String> stalled = ConcurrentHashMap.newKeySet();
    private final Map<String, String> hidden = new ConcurrentHashMap<>();
    private final Map<String, Duration> tooSoon = new ConcurrentHashMap<>();
    private final Map<String, List<Instant>> asked = new ConcurrentHashMap<>();

    /** @param hub where a path of the hub is */
    FakeSlack(Function<String, URI> hub) {
        this.hub = hub;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/", this::answer);
        server.createContext("/files/", this::file);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    WebSocketServer sockets() {
        return sockets;
    }

    /** All posts that were taken. */
    List<Posted> posts() {
        return posts;
    }

    @Override
    public String newcomer() {
        return "D" + clock.incrementAndGet();
    }

    @Override
    public void says(String handle, String text, String id) {
        says(handle, text, id, Map.of());
    }

    @Override
    public void says(String handle, String text, String id, Map<String, String> headers) {
        var response = push(callback(message(handle, text, ids.computeIfAbsent(id, first -> ts()))), headers);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    /** Now, as Slack writes it; no two messages have the same. */
    String ts() {
        long micros = clock.updateAndGet(last -> Math.max(last + 1, Instant.now().toEpochMilli() * 1_000));
        return micros / 1_000_000 + "." + String.format("%06d", micros % 1_000_000);
    }

    ObjectNode message(String channel, String text, String ts) {
        return JSON.createObjectNode().put("type", "message").put("channel", channel).put("user", "UADA").put("text", text).put("ts", ts)
                .put("event_ts", ts).put("channel_type", channel.startsWith("D") ? "im" : "channel");
    }

    ObjectNode edit(String channel, String before, String after, String ts) {
        ObjectNode edit = JSON.createObjectNode().put("type", "message").put("subtype", "message_changed").put("channel", channel)
                .put("event_ts", ts()).put("channel_type", channel.startsWith("D") ? "im" : "channel");
        edit.set("message", message(channel, after, ts).set("edited", JSON.createObjectNode().put("user", "UADA").put("ts", ts())));
        edit.set("previous_message", message(channel, before, ts));
        return edit;
    }

    ObjectNode callback(JsonNode event) {
        return JSON.createObjectNode().put("token", "legacy").put("team_id", TEAM).put("type", "event_callback").put("event_id", "Ev" + ts())
                .set("event", event);
    }

    /** Posts an event with a right signature. */
    HttpResponse<String> push(JsonNode payload, Map<String, String> headers) {
        byte[] body = payload.toString().getBytes(UTF_8);
        String now = String.valueOf(Instant.now().getEpochSecond());
        return push(body, now, Signature.of(SECRET, now, body), headers);
    }

    HttpResponse<String> push(byte[] body, String timestamp, String signature, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(hub.apply("/hooks/slack/events")).timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(body));
        if (timestamp != null) {
            request.header("X-Slack-Request-Timestamp", timestamp);
        }
        if (signature != null) {
            request.header("X-Slack-Signature", signature);
        }
        headers.forEach(request::header);
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** An event over the socket, in an envelope of this id. */
    void sends(String envelope, JsonNode event) {
        sockets.says(JSON.createObjectNode().put("type", "events_api").put("envelope_id", envelope).set("payload", callback(event)).toString());
    }

    /** Somebody says something and no event comes of it. */
    ObjectNode saysUnheard(String channel, String text) {
        ObjectNode said = message(channel, text, ts());
        missed.add(said);
        return said;
    }

    /** The same in a thread. */
    ObjectNode saysUnheard(String channel, String text, String thread) {
        ObjectNode said = message(channel, text, ts()).put("thread_ts", thread);
        missed.add(said);
        return said;
    }

    @Override
    public List<String> hears(String handle) {
        return posts.stream().filter(post -> post.channel().equals(handle))
                .map(post -> Mrkdwn.read(post.form().get("text"), "", user -> Optional.empty())).toList();
    }

    @Override
    public List<Instant> tries(String handle) {
        return tries.stream().filter(post -> post.channel().equals(handle)).map(Posted::at).toList();
    }

    @Override
    public void failsOnce() {
        mishaps.add((exchange, taken) -> send(exchange, 503, Map.of(), "away"));
    }

    @Override
    public void turnsAway(Duration retryAfter) {
        mishaps.add((exchange, taken) -> send(exchange, 429, Map.of("Retry-After", String.valueOf(retryAfter.toSeconds())), "{\"ok\":false}"));
    }

    /** Takes the next post to somebody and hangs up without an answer. */
    void swallowsAnAnswer(String handle) {
        mishapsOf.put(handle, (exchange, taken) -> {
            taken.run();
            exchange.close();
        });
    }

    /** Hangs up on the next post and has not taken it. */
    void losesAPost() {
        mishaps.add((exchange, taken) -> exchange.close());
    }

    /** Answers the next post with this error. */
    void saysNo(String error) {
        mishaps.add((exchange, taken) -> send(exchange, 200, Map.of(), "{\"ok\":false,\"error\":\"" + error + "\"}"));
    }

    @Override
    public void refuses(String handle) {
        refusals.put(handle, "channel_not_found");
    }

    /** From now on a method fails with 500, until it works again. */
    void breaks(String method) {
        broken.add(method);
    }

    void mends(String method) {
        broken.remove(method);
    }

    /** From now on a method begins to answer and gets no further. */
    void stalls(String method) {
        stalled.add(method);
    }

    /** From now on who asks what was said in a place gets this error, until Slack tells it again. */
    void hides(String channel, String error) {
        hidden.put(channel, error);
    }

    void shows(String channel) {
        hidden.remove(channel);
    }

    /** Turns away who asks next what was said in a place. */
    void turnsAwayWhoAsks(String channel, Duration retryAfter) {
        tooSoon.put(channel, retryAfter);
    }

    /** When it was asked what was said in a place. */
    List<Instant> asked(String channel) {
        return asked.getOrDefault(channel, List.of());
    }

    @Override
    public Map<String, String> lastHeaders() {
        return posts.getLast().headers();
    }

    @Override
    public void close() {
        server.stop(0);
        sockets.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestURI().getPath().substring("/api/".length());
        Map<String, String> form = form(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        String token = exchange.getRequestHeaders().getFirst("Authorization");
        boolean other = ("Bearer " + OTHER_TOKEN).equals(token);
        boolean known = other || ("Bearer " + (method.startsWith("apps.") ? APP_TOKEN : TOKEN)).equals(token);
        if (broken.contains(method)) {
            send(exchange, 500, Map.of(), "broken");
        } else if (stalled.contains(method)) {
            stall(exchange);
        } else if (!known) {
            send(exchange, 200, Map.of(), "{\"ok\":false,\"error\":\"invalid_auth\"}");
        } else {
            switch (method) {
                case "auth.test" -> send(exchange, 200, Map.of(), "{\"ok\":true,\"user_id\":\"" + SELF + "\",\"team_id\":\"" + (other ? OTHER_TEAM : TEAM) + "\"}");
                case "users.info" -> send(exchange, 200, Map.of(), "{\"ok\":true,\"user\":{\"profile\":{\"display_name\":\"name of " + form.get("user") + "\"}}}");
                case "apps.connections.open" -> send(exchange, 200, Map.of(), "{\"ok\":true,\"url\":\"" + sockets.url() + "\"}");
                case "chat.postMessage" -> post(exchange, form);
                case "conversations.history", "conversations.replies" -> tell(exchange, form);
                default -> send(exchange, 200, Map.of(), "{\"ok\":false,\"error\":\"unknown_method\"}");
            }
        }
    }

    private void post(HttpExchange exchange, Map<String, String> form) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
        var post = new Posted(form.get("channel"), ts(), form, headers, Instant.now());
        tries.add(post);
        Mishap meant = mishapsOf.remove(post.channel());
        Mishap mishap = meant != null ? meant : mishaps.poll();
        if (refusals.containsKey(post.channel())) {
            send(exchange, 200, Map.of(), "{\"ok\":false,\"error\":\"" + refusals.get(post.channel()) + "\"}");
        } else if (mishap != null) {
            mishap.befall(exchange, () -> posts.add(post));
        } else {
            posts.add(post);
            send(exchange, 200, Map.of(), "{\"ok\":true,\"ts\":\"" + post.ts() + "\",\"channel\":\"" + post.channel() + "\"}");
        }
    }

    private void tell(HttpExchange exchange, Map<String, String> form) throws IOException {
        String channel = form.get("channel");
        asked.computeIfAbsent(channel, first -> new CopyOnWriteArrayList<>()).add(Instant.now());
        Duration retryAfter = tooSoon.remove(channel);
        if (retryAfter != null) {
            send(exchange, 429, Map.of("Retry-After", String.valueOf(retryAfter.toSeconds())), "{\"ok\":false,\"error\":\"ratelimited\"}");
        } else if (hidden.containsKey(channel)) {
            send(exchange, 200, Map.of(), "{\"ok\":false,\"error\":\"" + hidden.get(channel) + "\"}");
        } else {
            tellAll(exchange, form);
        }
    }

    /** Newest first, one a page, so that whoever looks for something has to turn pages. */
    private void tellAll(HttpExchange exchange, Map<String, String> form) throws IOException {
        List<ObjectNode> all = new ArrayList<>();
        missed.stream().filter(message -> isAsked(message, form)).forEach(message -> all.add(message.deepCopy()));
        for (Posted post : posts) {
            if (post.channel().equals(form.get("channel")) && Objects.equals(post.form().get("thread_ts"), form.get("ts"))) {
                all.add(JSON.createObjectNode().put("type", "message").put("bot_id", "B1").put("ts", post.ts()).put("text", post.form().get("text"))
                        .set("metadata", JSON.readTree(post.form().getOrDefault("metadata", "{}"))));
            }
        }
        all.removeIf(message -> !message.path("ts").asText().equals(form.get("ts")) && message.path("ts").asText().compareTo(form.getOrDefault("oldest", "0")) <= 0);
        all.sort((one, other) -> other.path("ts").asText().compareTo(one.path("ts").asText()));
        all.forEach(message -> message.remove(List.of("channel", "channel_type", "event_ts")));
        ObjectNode answer = JSON.createObjectNode().put("ok", true);
        boolean pages = "true".equals(form.get("include_all_metadata"));
        int page = Integer.parseInt(form.getOrDefault("cursor", "0"));
        var messages = answer.putArray("messages");
        (pages ? all.stream().skip(page).limit(1).toList() : all).forEach(messages::add);
        answer.putObject("response_metadata").put("next_cursor", pages && page + 1 < all.size() ? String.valueOf(page + 1) : "");
        send(exchange, 200, Map.of(), answer.toString());
    }

    /** The history of a place has only the first messages of its threads; a thread has its first one whatever else was asked for. */
    private static boolean isAsked(ObjectNode message, Map<String, String> form) {
        String ts = message.path("ts").asText();
        String root = message.path("thread_ts").asText(ts);
        return message.path("channel").asText().equals(form.get("channel")) && root.equals(form.getOrDefault("ts", ts));
    }

    private void file(HttpExchange exchange) throws IOException {
        if (stalled.contains("files")) {
            stall(exchange);
            return;
        }
        boolean known = ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        send(exchange, 200, Map.of("Content-Type", known ? "image/png" : "text/html; charset=utf-8"), known ? "bytes of the file" : "<html>Log in</html>");
    }

    private static Map<String, String> form(String text) {
        Map<String, String> form = new HashMap<>();
        Arrays.stream(text.split("&")).filter(pair -> pair.contains("=")).forEach(pair ->
                form.put(pair.substring(0, pair.indexOf('=')), URLDecoder.decode(pair.substring(pair.indexOf('=') + 1), UTF_8)));
        return form;
    }

    /** The headers and some of the body, and then nothing; the line stays open. */
    private static void stall(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 1_000);
        exchange.getResponseBody().write("{\"ok\":".getBytes(UTF_8));
        exchange.getResponseBody().flush();
    }

    private static void send(HttpExchange exchange, int status, Map<String, String> headers, String body) throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
