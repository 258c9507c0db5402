package io.serai.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.regex.MatchResult;
import java.util.stream.Collectors;

/**
 * The world that a hub speaks to, on loopback: a model that answers a turn with the numbers of its messages, and two places to send to. {@code /safe}
 * knows a parcel by its id, {@code /once} does not. Conversations whose name begins with p are poison: no model will ever answer them. Those that begin
 * with x are deadly: who asks about them is killed.
 */
final class FarSide implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Journal journal;
    private final HttpServer server;
    private volatile Weather weather = Weather.FAIR;
    private volatile boolean locked;
    private volatile Runnable deadly = () -> {};

    FarSide(Journal journal) {
        this.journal = journal;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/chat/completions", this::think);
        server.createContext("/safe", exchange -> take(exchange, false));
        server.createContext("/once", exchange -> take(exchange, true));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void weather(Weather change) {
        weather = change;
    }

    /** Whether the hub's account is let in at the places that parcels are sent to. */
    void lock(boolean change) {
        locked = change;
    }

    /** @param death of who asks about a message that is deadly */
    void deadly(Runnable death) {
        deadly = death;
    }

    private void think(HttpExchange exchange) throws IOException {
        JsonNode request = JSON.readTree(exchange.getRequestBody());
        Set<String> asked = asked(request.path("messages"));
        if (asked.stream().anyMatch(number -> number.startsWith("x"))) {
            deadly.run();
            exchange.close();
            return;
        }
        if (asked.stream().anyMatch(number -> number.startsWith("p"))) {
            send(exchange, 400, Map.of("error", Map.of("message", "poison", "type", "invalid_request_error")));
            return;
        }
        String handle = asked.stream().findFirst().map(Journal::handle).orElse("");
        if (!weather.spoilsModel(exchange, handle)) {
            send(exchange, 200, Mishap.said("Heard " + String.join(" ", asked), "stop"));
        }
    }

    /** What this turn says: the end of the last message of a person, behind what the hub lays around it; what tools told may stand after it. */
    private static Set<String> asked(JsonNode messages) {
        String last = "";
        for (JsonNode message : messages) {
            last = message.path("role").asText().equals("user") ? text(message.path("content")) : last;
        }
        return Journal.NUMBER.matcher(last.substring(last.lastIndexOf("</now>") + 1)).results()
                .map(MatchResult::group).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String text(JsonNode content) {
        return content.isTextual() ? content.asText() : String.join("\n", content.findValuesAsText("text"));
    }

    private void take(HttpExchange exchange, boolean once) throws IOException {
        JsonNode parcel = JSON.readTree(exchange.getRequestBody());
        long id = parcel.path("parcel").asLong();
        String handle = parcel.path("handle").asText();
        if (locked) {
            Mishap.LOCKED_OUT.befall(exchange);
            return;
        }
        if (weather.spoilsBefore(exchange, handle, id)) {
            return;
        }
        journal.arrived(new Journal.Arrival(Instant.now(), id, handle, parcel.path("text").asText(), once));
        if (!weather.spoilsAfter(exchange, handle, id)) {
            send(exchange, 200, Map.of("id", String.valueOf(id)));
        }
    }

    static void send(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
