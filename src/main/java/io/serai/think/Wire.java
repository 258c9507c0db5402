package io.serai.think;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * HTTP as the models are spoken to. It keeps what LangChain4j's own clients drop, the Retry-After of a refusal, and it ends every answer in
 * time: the JDK's request time-out stops counting with the first header, so that a stream of one token a minute would never end.
 *
 * <p>A stream is read on the caller's thread, which is a virtual one and costs nothing while it waits: the call returns when the stream is
 * over.
 */
final class Wire implements HttpClient {

    private static final int ERROR_BYTES = 4_096;

    /** One for all models: its threads are virtual but for one selector, and connections are kept per address. */
    private static final java.net.http.HttpClient CLIENT = java.net.http.HttpClient.newBuilder()
            .version(Version.HTTP_1_1) // an upgrade to HTTP/2 in clear text confuses many small servers
            .followRedirects(Redirect.NEVER) // the key goes nowhere but to the address it was given for
            .connectTimeout(Duration.ofSeconds(10))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    private final Duration timeout;
    private final Duration idleTimeout;
    private final Consumer<String> reader;

    Wire(Duration timeout, Duration idleTimeout, Consumer<String> reader) {
        this.timeout = timeout;
        this.idleTimeout = idleTimeout;
        this.reader = reader;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        try (Body body = send(request, timeout)) {
            String text = new String(body.readAllBytes(), UTF_8);
            reader.accept(text);
            return body.head(text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        var once = new Once(listener, reader);
        try (Body body = send(request, idleTimeout)) {
            once.onOpen(body.head(null));
            parser.parse(body, once);
            once.onClose();
        } catch (IOException | RuntimeException broken) {
            once.onError(broken);
        }
    }

    private Body send(HttpRequest request, Duration idle) throws IOException {
        long start = System.nanoTime();
        HttpResponse<InputStream> response;
        try {
            response = CLIENT.send(toJdk(request), BodyHandlers.ofInputStream());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while the model was asked", stopped);
        }
        var body = new Body(response, timeout.minusNanos(System.nanoTime() - start), idle);
        if (response.statusCode() / 100 == 2) {
            return body;
        }
        try (body) {
            String text = new String(body.readNBytes(ERROR_BYTES), UTF_8);
            String clean = TurnedAway.withoutSecrets(text, request.headers());
            throw new TurnedAway(response.statusCode(), clean, TurnedAway.retryAfter(response.headers(), text));
        }
    }

    private java.net.http.HttpRequest toJdk(HttpRequest request) {
        var builder = java.net.http.HttpRequest.newBuilder(URI.create(request.url())).timeout(timeout);
        request.headers().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        var body = request.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(request.body());
        return builder.method(request.method().name(), body).build();
    }

    /**
     * LangChain4j's parsers return after an error as if all were well, and leave out a piece they cannot read: here the first failure is
     * the end,
     * and nothing after it is passed on.
     */
    private static final class Once implements ServerSentEventListener {

        private final ServerSentEventListener listener;
        private final Consumer<String> reader;
        private boolean ended;

        Once(ServerSentEventListener listener, Consumer<String> reader) {
            this.listener = listener;
            this.reader = reader;
        }

        @Override
        public void onOpen(SuccessfulHttpResponse response) {
            listener.onOpen(response);
        }

        @Override
        public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
            if (ended) {
                return;
            }
            try {
                reader.accept(event.data());
                listener.onEvent(event, context);
            } catch (RuntimeException garbled) {
                onError(garbled);
            }
        }

        @Override
        public void onError(Throwable error) {
            if (!ended) {
                ended = true;
                listener.onError(error);
            }
        }

        @Override
        public void onClose() {
            if (!ended) {
                ended = true;
                listener.onClose();
            }
        }
    }
}
