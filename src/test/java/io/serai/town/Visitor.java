package io.serai.town;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** Somebody at the page: speaks by POST, hears by the event stream, and is known by a cookie. */
public final class Visitor {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Supplier<String> hub;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).cookieHandler(new CookieManager()).build();
    private long heard;

    /** @param hub the address of the hub at any time, before a path */
    Visitor(Supplier<String> hub) {
        this.hub = hub;
    }

    /** Says something and is told that it was accepted; returns the public id of the message. */
    public String says(String text) {
        return says(text, UUID.randomUUID().toString());
    }

    /** Says something under an id of their own: saying it again with the same id is no second message. */
    public String says(String text, String id) {
        var answer = posts(Map.of("text", text, "id", id));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return read(answer.body()).get("message").asText();
    }

    public HttpResponse<String> posts(Map<String, String> body) {
        return postsRaw(write(body));
    }

    public HttpResponse<String> postsRaw(String body) {
        return send(HttpRequest.newBuilder(url("/api/chat"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    /** Waits for the next reply. */
    public String hears() {
        HttpRequest request = HttpRequest.newBuilder(url("/api/chat/events?after=" + heard)).timeout(Patience.TIME).build();
        try {
            var answer = http.send(request, BodyHandlers.ofLines());
            assertThat(answer.statusCode()).isEqualTo(200);
            try (var lines = answer.body()) {
                return reply(lines.iterator());
            }
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private String reply(java.util.Iterator<String> lines) {
        List<String> event = new ArrayList<>();
        long end = System.nanoTime() + Patience.TIME.toNanos();
        while (lines.hasNext() && System.nanoTime() < end) {
            String line = lines.next();
            if (!line.isEmpty()) {
                event.add(line);
                continue;
            }
            if (event.contains("event:message")) {
                heard = Long.parseLong(field(event, "id:"));
                return read(field(event, "data:")).get("text").asText();
            }
            event.clear();
        }
        throw new AssertionError("heard nothing in " + Patience.TIME);
    }

    private static String field(List<String> event, String name) {
        return event.stream().filter(line -> line.startsWith(name)).map(line -> line.substring(name.length())).reduce("", String::concat);
    }

    public void hears(String text) {
        assertThat(hears()).isEqualTo(text);
    }

    /** Everything in the talk so far, as the page shows it. */
    public JsonNode sees() {
        return read(send(HttpRequest.newBuilder(url("/api/chat/messages"))).body());
    }

    private URI url(String path) {
        return URI.create(hub.get() + path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Patience.TIME).build(), BodyHandlers.ofString());
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException malformed) {
            throw new UncheckedIOException(text, malformed);
        }
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
