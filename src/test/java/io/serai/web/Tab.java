package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.town.Patience;
import io.serai.town.ScriptedModel;
import io.serai.town.Town;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** One tab of a browser as HTTP has it, with the cookie in plain sight. */
final class Tab implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Town town;
    private final BlockingQueue<Event> fresh = new LinkedBlockingQueue<>();
    private final List<Event> all = new CopyOnWriteArrayList<>();
    private String cookie;
    private Stream<String> line;

    private Tab(Town town, String cookie) {
        this.town = town;
        this.cookie = cookie;
    }

    /** An event as it came over the wire. */
    record Event(String name, String id, JsonNode data) {

        boolean is(String other) {
            return name.equals(other);
        }

        String text() {
            return data.get("text").asText();
        }
    }

    /** What a visitor said, without what the hub tells the model around it. */
    static String said(ScriptedModel.Request request) {
        return request.lastUser().substring(request.lastUser().lastIndexOf("</now>")).replaceFirst("</now>\\s*", "");
    }

    /** A tab of somebody who has never been here. */
    static Tab ofAStranger(Town town) {
        return new Tab(town, null);
    }

    /** A tab of whoever holds this cookie. */
    static Tab with(Town town, String cookie) {
        return new Tab(town, cookie);
    }

    /** Another tab of the same browser. */
    Tab another() {
        return new Tab(town, cookie);
    }

    String cookie() {
        return cookie;
    }

    JsonNode says(String text) {
        return says(text, UUID.randomUUID());
    }

    JsonNode says(String text, UUID id) {
        HttpResponse<String> answer = post(JSON.createObjectNode().put("text", text).put("id", id.toString()).toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return read(answer.body());
    }

    HttpResponse<String> post(String body, String... headers) {
        return post(body.getBytes(StandardCharsets.UTF_8), headers);
    }

    HttpResponse<String> post(byte[] body, String... headers) {
        HttpRequest.Builder request = request("/api/chat", headers).POST(BodyPublishers.ofByteArray(body));
        if (!Stream.of(headers).toList().contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        return remember(send(request.build(), BodyHandlers.ofString()));
    }

    HttpResponse<String> get(String path, String... headers) {
        return remember(send(request(path, headers).build(), BodyHandlers.ofString()));
    }

    JsonNode history(String query) {
        HttpResponse<String> answer = get("/api/chat/messages" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return read(answer.body());
    }

    /** Opens the stream; from here on it hears. */
    Tab listens(String query, String... headers) {
        HttpResponse<Stream<String>> answer = remember(send(request("/api/chat/events" + query, headers).build(), BodyHandlers.ofLines()));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        line = answer.body();
        Thread.ofVirtual().start(this::hear);
        return this;
    }

    /** The next event, whatever it is. */
    Event hears() {
        try {
            Event event = fresh.poll(Patience.TIME.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(event).as("an event within " + Patience.TIME).isNotNull();
            return event;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** All events up to the first that fits, with that one last. */
    List<Event> hearsUntil(Predicate<Event> last) {
        List<Event> events = new ArrayList<>(List.of(hears()));
        while (!last.test(events.getLast())) {
            events.add(hears());
        }
        return events;
    }

    Event hearsReply() {
        return hearsUntil(event -> event.is("message")).getLast();
    }

    /** What it has heard and nobody has looked at. */
    List<Event> leftOver() {
        return List.copyOf(fresh);
    }

    /** Everything it ever heard. */
    List<Event> heard() {
        return all;
    }

    @Override
    public void close() {
        line.close();
    }

    private void hear() {
        Map<String, String> fields = new HashMap<>();
        try {
            line.forEach(text -> {
                int colon = text.indexOf(':');
                if (colon > 0) {
                    fields.merge(text.substring(0, colon), text.substring(colon + 1), (one, more) -> one + "\n" + more);
                } else if (text.isEmpty() && fields.containsKey("data")) {
                    var event = new Event(fields.get("event"), fields.get("id"), read(fields.get("data")));
                    all.add(event);
                    fresh.add(event);
                    fields.clear();
                }
            });
        } catch (UncheckedIOException hungUp) {
            fields.clear();
        }
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(town.url(path));
        if (cookie != null) {
            request.header("Cookie", cookie);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request;
    }

    private <T> HttpResponse<T> remember(HttpResponse<T> answer) {
        answer.headers().firstValue("Set-Cookie").ifPresent(set -> cookie = set.substring(0, set.indexOf(';')));
        return answer;
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    private static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return HTTP.send(request, body);
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
