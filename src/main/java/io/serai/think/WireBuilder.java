package io.serai.think;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How LangChain4j comes to a {@link Wire}. The time-outs are ours: what its models set here is the same time for connecting and reading.
 */
final class WireBuilder implements HttpClientBuilder {

    private final Duration timeout;
    private final Duration idleTimeout;
    private final Consumer<String> reader;

    /** @param reader reads what comes before LangChain4j does, and may throw {@link ModelFailed} */
    WireBuilder(Duration timeout, Duration idleTimeout, Consumer<String> reader) {
        this.timeout = timeout;
        this.idleTimeout = idleTimeout;
        this.reader = reader;
    }

    @Override
    public Duration connectTimeout() {
        return timeout;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration ignored) {
        return this;
    }

    @Override
    public Duration readTimeout() {
        return timeout;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration ignored) {
        return this;
    }

    @Override
    public HttpClient build() {
        return new Wire(timeout, idleTimeout, reader);
    }
}
