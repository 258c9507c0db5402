package io.serai.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.town.Town;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Somebody with an HTTP client. */
final class Caller {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Town town;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http;
    private final Map<String, String> headers = new LinkedHashMap<>();

    Caller(Town town) {
        this(town, "127.0.0.1");
    }

    /** @param address the loopback address it calls from, so that it is counted by itself */
    Caller(Town town, String address) {
        this.town = town;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .cookieHandler(cookies)
                .localAddress(loopback(address))
                .build();
    }

    /** Sends a header with every request from now on. */
    Caller with(String name, String value) {
        headers.put(name, value);
        return this;
    }

    Caller withToken(String token) {
        return with("Authorization", "Bearer " + token);
    }

    Caller withPassword(String name, String password) {
        return with("Authorization", "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes()));
    }

    String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(cookie -> cookie.getValue())
                .findFirst()
                .orElse(null);
    }

    Answer gets(String path) {
        return sends("GET", path, BodyPublishers.noBody());
    }

    Answer posts(String path, String json) {
        return with("Content-Type", "application/json").sends("POST", path, BodyPublishers.ofString(json));
    }

    Answer postsForm(String path, String form) {
        return with("Content-Type", "application/x-www-form-urlencoded").sends("POST", path, BodyPublishers.ofString(form));
    }

    /** Without a Content-Length: the client cannot know how much comes. */
    Answer postsChunked(String path, InputStream body) {
        return with("Content-Type", "application/json").sends("POST", path, BodyPublishers.ofInputStream(() -> body));
    }

    Answer sends(String method, String path, BodyPublisher body) {
        try {
            return new Answer(http.send(request(path).method(method, body).build(), BodyHandlers.ofString()));
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** A stream that stays open until it is closed; null when it is refused. */
    InputStream opens(String path) {
        try {
            var answer = http.send(request(path).GET().build(), BodyHandlers.ofInputStream());
            return answer.statusCode() == 200 ? answer.body() : null;
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** The data of a stream of events, as they come. */
    Stream<String> hears(String path, String json) {
        try {
            var request = with("Content-Type", "application/json").request(path).POST(BodyPublishers.ofString(json)).build();
            return http.send(request, BodyHandlers.ofLines()).body()
                    .filter(line -> line.startsWith("data: "))
                    .map(line -> line.substring("data: ".length()));
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(town.url(path)).timeout(Duration.ofSeconds(30));
        headers.forEach(request::header);
        return request;
    }

    private static InetAddress loopback(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException unknown) {
            throw new UncheckedIOException(unknown);
        }
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException malformed) {
            throw new UncheckedIOException(json, malformed);
        }
    }

    /** What came back. */
    record Answer(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        String text() {
            return response.body();
        }

        JsonNode json() {
            return read(response.body());
        }
    }
}
