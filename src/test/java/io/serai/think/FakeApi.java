package io.serai.think;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A provider that answers whatever it is told to, and knows what it was sent last. */
final class FakeApi implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private volatile int status;
    private volatile String reply;
    private volatile String path;
    private volatile JsonNode sent;
    private volatile Map<String, List<String>> headers;
    private volatile Function<JsonNode, String> complaints = request -> null;

    FakeApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        path = exchange.getRequestURI().toString();
        sent = JSON.readTree(exchange.getRequestBody());
        headers = exchange.getRequestHeaders();
        String complaint = complaints.apply(sent);
        byte[] body = (complaint == null ? reply : complaint).getBytes(UTF_8);
        if (complaint == null) {
            exchange.getResponseHeaders().add("Retry-After", "7");
        }
        exchange.sendResponseHeaders(complaint == null ? status : 400, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }

    void answers(String text) {
        answers(200, text);
    }

    void answers(int code, String text) {
        status = code;
        reply = text;
    }

    /** Requests that it has something to say against are turned away with that. */
    void refusesBy(Function<JsonNode, String> script) {
        complaints = script;
    }

    String path() {
        return path;
    }

    JsonNode sent() {
        return sent;
    }

    Map<String, List<String>> headers() {
        return headers;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** @param more names and values of settings, in capitals */
    FarSide model(Provider provider, String... more) {
        return FarSide.of(CatalogueTest.catalogue(environment(provider, more)).models().get("main"));
    }

    Map<String, String> environment(Provider provider, String... more) {
        var environment = new HashMap<>(Map.of("SERAI_MODELS_MAIN_PROVIDER", provider.word(), "SERAI_MODELS_MAIN_NAME", "m",
                "SERAI_MODELS_MAIN_API_KEY", "k", "SERAI_MODELS_MAIN_BASE_URL", url()));
        for (int i = 0; i < more.length; i += 2) {
            environment.put("SERAI_MODELS_MAIN_" + more[i], more[i + 1]);
        }
        return environment;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
