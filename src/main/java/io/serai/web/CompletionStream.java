package io.serai.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** The chunks of one answer on their way to a client, as server-sent events (HTML standard, section 9.2). */
class CompletionStream {

    private final ObjectMapper json;
    private final HttpServletResponse response;
    private final String id;
    private final String model;
    private final Instant asked;

    CompletionStream(ObjectMapper json, HttpServletResponse response, String id, String model, Instant asked) {
        this.json = json;
        this.response = response;
        this.id = id;
        this.model = model;
        this.asked = asked;
    }

    void begin() throws IOException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Accel-Buffering", "no"); // nginx: pass each chunk on at once
        step(new Completion.Delta("assistant", ""), null);
    }

    void say(String text) throws IOException {
        if (!text.isEmpty()) {
            step(new Completion.Delta(null, text), null);
        }
    }

    /** Shows that it is alive; finds out whether the client is. */
    void comment() throws IOException {
        send(": the answer is being found");
    }

    /** @param usage what it cost, or null when the client did not ask for it */
    void end(Supplier<Completion.Usage> usage) throws IOException {
        step(new Completion.Delta(null, null), "stop");
        if (usage != null) {
            chunk(List.of(), usage.get());
        }
        send("data: [DONE]");
    }

    void fail(Fault fault) throws IOException {
        send("data: " + json.writeValueAsString(Completion.Failure.of(fault)));
    }

    private void step(Completion.Delta delta, String finish) throws IOException {
        chunk(List.of(new Completion.Step(0, delta, null, finish)), null);
    }

    private void chunk(List<Completion.Step> steps, Completion.Usage usage) throws IOException {
        var chunk = new Completion.Chunk(id, "chat.completion.chunk", asked.getEpochSecond(), model, steps, usage);
        send("data: " + json.writeValueAsString(chunk));
    }

    private void send(String line) throws IOException {
        response.getOutputStream().write((line + "\n\n").getBytes(StandardCharsets.UTF_8));
        response.flushBuffer();
    }
}
