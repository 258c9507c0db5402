package io.serai.town;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The Bot API of one bot on loopback, as the real one behaves (core.telegram.org/bots/api): an update is handed out again until an offset behind it is
 * named, a second poll ends the first with 409, HTML is parsed and refused as Telegram does. And it misbehaves when it is told to.
 */
public final class FakeTelegram implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_TEXT = 4_096;
    private static final AtomicLong IDS = new AtomicLong(ThreadLocalRandom.current().nextLong(1_000_000, 900_000_000));

    private final HttpServer server;
    private final long botId = IDS.incrementAndGet();
    private final String token = botId + ":AAE-" + "secret_" + Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 36) + "_do-not-tell";
    private final List<Call> journal = new CopyOnWriteArrayList<>();
    private final Map<String, Queue<Mishap>> mishaps = new ConcurrentHashMap<>();
    private final Map<Long, TelegramChat> chats = new ConcurrentHashMap<>();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<Long, Instant> closedUntil = new ConcurrentHashMap<>();
    private final List<String> impatience = new CopyOnWriteArrayList<>();
    private final AtomicLong updateIds = new AtomicLong(ThreadLocalRandom.current().nextLong(1_000, 1_000_000));
    private final AtomicLong messageIds = new AtomicLong(100);
    private final List<ObjectNode> pending = new ArrayList<>();
    private final AtomicLong polls = new AtomicLong();
    private volatile boolean revoked;
    private volatile Consumer<List<ObjectNode>> meddler = updates -> {};
    private volatile String webhook = "";
    private volatile String webhookSecret = "";

    private FakeTelegram() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** What befalls one call; returns whether it is still to be done. */
    @FunctionalInterface
    private interface Mishap {
        boolean befalls(HttpExchange exchange, Call call) throws IOException;
    }

    /** A call of the bot. */
    public record Call(Instant at, String method, JsonNode parameters, Map<String, List<String>> headers) {}

    public static FakeTelegram start() {
        return new FakeTelegram();
    }

    public String token() {
        return token;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public String username() {
        return "Serai_bot";
    }

    public long botId() {
        return botId;
    }

    /** A person who talks to the bot alone. */
    public TelegramChat person(String name) {
        return chat(IDS.incrementAndGet(), "private", name);
    }

    public TelegramChat group(String title) {
        return chat(-IDS.incrementAndGet(), "group", title);
    }

    /** A chat by its handle. */
    public TelegramChat chat(String handle) {
        return chats.get(Long.parseLong(handle));
    }

    private TelegramChat chat(long id, String type, String name) {
        var chat = new TelegramChat(this, id, type, name);
        chats.put(id, chat);
        return chat;
    }

    /** Every call so far. */
    public List<Call> calls(String method) {
        return journal.stream().filter(call -> call.method().equals(method)).toList();
    }

    /** The next call of the same method after one. */
    public Optional<Call> after(Call former) {
        return calls(former.method()).stream().dropWhile(call -> call != former).skip(1).findFirst();
    }

    /** Calls that came to a chat before the time that a 429 had named. */
    public List<String> impatience() {
        return impatience;
    }

    /** Updates that the bot has not confirmed. */
    public int waiting() {
        synchronized (pending) {
            return pending.size();
        }
    }

    public String webhook() {
        return webhook;
    }

    /** Somebody sets a webhook with the same token. */
    public void isToldToPushTo(String url) {
        webhook = url;
        polls.incrementAndGet();
        wake();
    }

    public String webhookSecret() {
        return webhookSecret;
    }

    // What goes wrong ---------------------------------------------------------------------------------------------------------

    /** The next call is turned away with 429; earlier ones to the same chat than that are noted. Gives that call, once it came. */
    public CompletableFuture<Call> tooMany(String method, int seconds) {
        var turnedAway = new CompletableFuture<Call>();
        next(method, (exchange, call) -> {
            turnedAway.complete(call);
            closedUntil.put(call.parameters().path("chat_id").asLong(), Instant.now().plusSeconds(seconds));
            send(exchange, 429, refusal(429, "Too Many Requests: retry after " + seconds).set("parameters", JSON.createObjectNode().put("retry_after", seconds)));
            return false;
        });
        return turnedAway;
    }

    /** The next call fails as the Bot API fails. */
    public void fails(String method, int status, String description) {
        next(method, (exchange, call) -> {
            send(exchange, status, refusal(status, description));
            return false;
        });
    }

    /** The next call is answered with this, whatever it is. */
    public void answers(String method, int status, String body) {
        next(method, (exchange, call) -> {
            sendRaw(exchange, status, "text/html", body.getBytes(UTF_8));
            return false;
        });
    }

    /** The next call is done, and then the connection breaks before the answer. */
    public void breaksAfter(String method) {
        next(method, (exchange, call) -> {
            perform(call);
            exchange.close();
            return false;
        });
    }

    /** The next call breaks the connection and nothing is done. */
    public void breaks(String method) {
        next(method, (exchange, call) -> {
            exchange.close();
            return false;
        });
    }

    /** The next call takes its time. */
    public void dawdles(String method, Duration time) {
        next(method, (exchange, call) -> {
            sleep(time);
            return true;
        });
    }

    private void next(String method, Mishap mishap) {
        mishaps.computeIfAbsent(method, fresh -> new ConcurrentLinkedQueue<>()).add(mishap);
    }

    /** Whether everything that was to go wrong went wrong. */
    public boolean isCalm() {
        return mishaps.values().stream().allMatch(Queue::isEmpty);
    }

    /** What stands in each list of updates, before it is handed out. */
    public void meddles(Consumer<List<ObjectNode>> with) {
        meddler = with;
    }

    /** Each update twice, and the later first. */
    public void repeatsAndReorders() {
        meddles(updates -> {
            updates.addAll(List.copyOf(updates));
            Collections.reverse(updates);
        });
    }

    public void revokes() {
        revoked = true;
        polls.incrementAndGet();
        wake();
    }

    public void restores() {
        revoked = false;
    }

    // What people do ----------------------------------------------------------------------------------------------------------

    long nextMessageId() {
        return messageIds.incrementAndGet();
    }

    String keep(byte[] bytes) {
        String id = "file_" + files.size() + "_" + messageIds.get();
        files.put(id, bytes);
        return id;
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    /** Something happens that the bot is told of. */
    public long happens(String kind, JsonNode content) {
        synchronized (pending) {
            long id = updateIds.incrementAndGet(); // in here: who asks in between would confirm a later one, and this one with it
            pending.add(JSON.createObjectNode().put("update_id", id).set(kind, content));
            wake();
            return id;
        }
    }

    private void wake() {
        synchronized (pending) {
            pending.notifyAll();
        }
    }

    /** The updates that wait, for a scene that pushes them to the webhook. */
    public List<ObjectNode> takePending() {
        synchronized (pending) {
            List<ObjectNode> all = List.copyOf(pending);
            pending.clear();
            return all;
        }
    }

    // The Bot API -------------------------------------------------------------------------------------------------------------

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith("/file/bot" + token + "/")) {
            file(exchange, path.substring(path.lastIndexOf('/') + 1));
            return;
        }
        String method = path.substring(path.lastIndexOf('/') + 1);
        byte[] body = exchange.getRequestBody().readAllBytes();
        var call = new Call(Instant.now(), method, body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body),
                Map.copyOf(exchange.getRequestHeaders()));
        journal.add(call);
        if (revoked || !path.equals("/bot" + token + "/" + method)) {
            send(exchange, 401, refusal(401, "Unauthorized"));
            return;
        }
        Mishap mishap = mishaps.getOrDefault(method, new ConcurrentLinkedQueue<>()).poll();
        if (mishap == null || mishap.befalls(exchange, call)) {
            ObjectNode answer = perform(call);
            send(exchange, answer.path("ok").asBoolean() ? 200 : answer.path("error_code").asInt(), answer);
        }
    }

    private ObjectNode perform(Call call) {
        JsonNode asked = call.parameters();
        return switch (call.method()) {
            case "getMe" -> result(JSON.createObjectNode().put("id", botId).put("is_bot", true).put("first_name", "Serai").put("username", username()));
            case "getUpdates" -> updates(asked.path("offset").asLong(), Duration.ofSeconds(asked.path("timeout").asLong()), asked.path("limit").asInt(100));
            case "sendMessage" -> message(asked);
            case "sendChatAction" -> result(JSON.getNodeFactory().booleanNode(true));
            case "getFile" -> getFile(asked.path("file_id").asText());
            case "setWebhook" -> {
                webhook = asked.path("url").asText();
                webhookSecret = asked.path("secret_token").asText();
                yield result(JSON.getNodeFactory().booleanNode(true));
            }
            case "deleteWebhook" -> {
                webhook = "";
                yield result(JSON.getNodeFactory().booleanNode(true));
            }
            case "getWebhookInfo" -> result(JSON.createObjectNode().put("url", webhook).put("pending_update_count", waiting()));
            default -> refusal(404, "Not Found");
        };
    }

    private ObjectNode updates(long offset, Duration timeout, int limit) {
        if (!webhook.isEmpty()) {
            return refusal(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");
        }
        long mine = polls.incrementAndGet();
        Instant end = Instant.now().plus(timeout);
        synchronized (pending) {
            pending.notifyAll();
            pending.removeIf(update -> update.path("update_id").asLong() < offset);
            while (pending.isEmpty() && polls.get() == mine && Instant.now().isBefore(end)) {
                rest(Math.max(1, Duration.between(Instant.now(), end).toMillis()));
            }
            if (revoked) {
                return refusal(401, "Unauthorized");
            }
            if (polls.get() != mine) {
                return refusal(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running");
            }
            List<ObjectNode> some = new ArrayList<>(pending.subList(0, Math.min(limit, pending.size())));
            meddler.accept(some);
            return result(JSON.valueToTree(some));
        }
    }

    private void rest(long millis) {
        try {
            pending.wait(millis);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private ObjectNode message(JsonNode asked) {
        long id = asked.path("chat_id").asLong();
        TelegramChat chat = chats.get(id);
        Instant open = closedUntil.getOrDefault(id, Instant.EPOCH);
        if (Instant.now().isBefore(open)) {
            impatience.add("chat " + id + " " + Duration.between(Instant.now(), open).toMillis() + " ms too early");
        }
        if (chat == null) {
            return refusal(400, "Bad Request: chat not found");
        }
        if (chat.movedTo() != 0) {
            ObjectNode refusal = refusal(400, "Bad Request: group chat was upgraded to a supergroup chat");
            return refusal.set("parameters", JSON.createObjectNode().put("migrate_to_chat_id", chat.movedTo()));
        }
        if (chat.isBlocked()) {
            return refusal(403, "Forbidden: bot was blocked by the user");
        }
        String text;
        try {
            String given = asked.path("text").asText();
            text = asked.path("parse_mode").asText().equals("HTML") ? TelegramHtml.shown(given) : given;
        } catch (IllegalArgumentException unparsable) {
            return refusal(400, "Bad Request: can't parse entities: " + unparsable.getMessage());
        }
        if (text.isBlank()) {
            return refusal(400, "Bad Request: message text is empty");
        }
        if (text.length() > LONGEST_TEXT) {
            return refusal(400, "Bad Request: message is too long");
        }
        long messageId = nextMessageId();
        chat.heard(new TelegramChat.Heard(messageId, text, asked));
        return result(JSON.createObjectNode().put("message_id", messageId).put("date", Instant.now().getEpochSecond()).put("text", text));
    }

    private ObjectNode getFile(String id) {
        byte[] bytes = files.get(id);
        if (bytes == null) {
            return refusal(400, "Bad Request: invalid file_id");
        }
        return bytes.length > 20 << 20
                ? refusal(400, "Bad Request: file is too big")
                : result(JSON.createObjectNode().put("file_id", id).put("file_size", bytes.length).put("file_path", "documents/" + id));
    }

    private void file(HttpExchange exchange, String id) throws IOException {
        journal.add(new Call(Instant.now(), "file", JSON.createObjectNode().put("file_id", id), Map.of()));
        Mishap mishap = mishaps.getOrDefault("file", new ConcurrentLinkedQueue<>()).poll();
        if (mishap == null || mishap.befalls(exchange, null)) {
            sendRaw(exchange, files.containsKey(id) ? 200 : 404, "application/octet-stream", files.getOrDefault(id, new byte[0]));
        }
    }

    private static ObjectNode result(JsonNode result) {
        return JSON.createObjectNode().put("ok", true).set("result", result);
    }

    private static ObjectNode refusal(int code, String description) {
        return JSON.createObjectNode().put("ok", false).put("error_code", code).put("description", description);
    }

    private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
        sendRaw(exchange, status, "application/json", JSON.writeValueAsBytes(body));
    }

    private static void sendRaw(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        revoked = true;
        polls.incrementAndGet();
        wake();
        server.stop(0);
    }
}
