package io.serai.town;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;

/** An ntfy server on loopback, as far as docs.ntfy.sh/publish and docs.ntfy.sh/subscribe/api say; it misbehaves when told to. */
public final class FakeNtfy implements ChannelContract.FarSide, AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param headers of the request it came with */
    private record Published(String topic, String text, Instant at, boolean taken, Map<String, String> headers) {}

    /** What happens to one request instead of being taken. */
    private record Mishap(int status, Duration retryAfter, boolean breaksOff) {}

    private static final Mishap TAKEN = new Mishap(200, null, false);

    private final HttpServer server;
    private final List<Map<String, Object>> written = new CopyOnWriteArrayList<>();
    private final List<Published> published = new CopyOnWriteArrayList<>();
    private final Queue<Mishap> mishaps = new ConcurrentLinkedQueue<>();
    private final Map<String, Mishap> lasting = new ConcurrentHashMap<>();
    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
    private final Set<String> fetched = ConcurrentHashMap.newKeySet();
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<String, String> answersWith = new ConcurrentHashMap<>();

    public FakeNtfy() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public String newcomer() {
        return "guest" + ids.incrementAndGet();
    }

    @Override
    public void says(String handle, String text, String id) {
        fetched.clear();
        Map<String, Object> line = new LinkedHashMap<>(Map.of("id", id, "event", "message", "topic", handle, "message", text));
        written.add(line);
        Awaitility.await().until(() -> fetched.contains(id));
    }

    /** They come with the answer to our poll. */
    @Override
    public void says(String handle, String text, String id, Map<String, String> headers) {
        answersWith.putAll(headers);
        says(handle, text, id);
    }

    @Override
    public List<String> hears(String handle) {
        return published.stream().filter(each -> each.taken() && each.topic().equals(handle + "-replies")).map(Published::text).toList();
    }

    @Override
    public List<Instant> tries(String handle) {
        return published.stream().filter(each -> each.topic().equals(handle + "-replies")).map(Published::at).toList();
    }

    @Override
    public void failsOnce() {
        fails(503);
    }

    /** The next thing published is answered so, and not taken. */
    public void fails(int status) {
        mishaps.add(new Mishap(status, null, false));
    }

    /** The next thing published is taken; what comes then is for what was said after this. */
    public void takesOne() {
        mishaps.add(TAKEN);
    }

    /** Something happens after the next thing published was taken and before that is told. */
    public void meanwhile(Runnable what) {
        meanwhile.set(what);
    }

    /** The next thing published is taken, and the connection breaks before anybody is told. */
    public void breaksOff() {
        mishaps.add(new Mishap(200, null, true));
    }

    @Override
    public void turnsAway(Duration retryAfter) {
        mishaps.add(new Mishap(429, retryAfter, false));
    }

    @Override
    public void refuses(String handle) {
        keepsFailing(handle, 403);
    }

    /** Everything published for a handle is answered so. */
    public void keepsFailing(String handle, int status) {
        lasting.put(handle + "-replies", new Mishap(status, null, false));
    }

    public void recovers(String handle) {
        lasting.remove(handle + "-replies");
    }

    @Override
    public Map<String, String> lastHeaders() {
        return published.getLast().headers();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("GET")) {
            poll(exchange);
        } else {
            publish(exchange);
        }
    }

    private void poll(HttpExchange exchange) throws IOException {
        var body = new StringBuilder();
        for (Map<String, Object> line : written) {
            body.append(JSON.writeValueAsString(line)).append('\n');
        }
        List<String> ids = written.stream().map(line -> line.get("id").toString()).toList();
        answersWith.forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        send(exchange, 200, body.toString());
        fetched.addAll(ids);
    }

    private void publish(HttpExchange exchange) throws IOException {
        JsonNode body = JSON.readTree(exchange.getRequestBody());
        String topic = body.path("topic").asText();
        String text = body.path("message").asText();
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
        Mishap next = lasting.getOrDefault(topic, mishaps.poll());
        Mishap mishap = next == TAKEN ? null : next;
        published.add(new Published(topic, text, Instant.now(), mishap == null || mishap.breaksOff(), headers));
        meanwhile.getAndSet(() -> {}).run();
        if (mishap == null) {
            send(exchange, 200, JSON.writeValueAsString(Map.of("id", "p" + published.size(), "event", "message", "topic", topic)));
        } else if (mishap.breaksOff()) {
            throw new IOException("reset on purpose");
        } else {
            if (mishap.retryAfter() != null) {
                exchange.getResponseHeaders().add("Retry-After", String.valueOf(mishap.retryAfter().toSeconds()));
            }
            send(exchange, mishap.status(), "{\"error\": \"on purpose\"}");
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
