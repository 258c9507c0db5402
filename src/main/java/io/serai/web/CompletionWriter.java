package io.serai.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.message.Receipt;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Writes an answer as OpenAI's stream of chunks while it is found. A client that leaves does not stop the work on its answer. */
@Component
class CompletionWriter {

    private static final Logger log = LoggerFactory.getLogger(CompletionWriter.class);

    private final ObjectMapper json;
    private final Usages usages;
    private final CompletionSettings settings;

    CompletionWriter(ObjectMapper json, Usages usages, CompletionSettings settings) {
        this.json = json;
        this.usages = usages;
        this.settings = settings;
    }

    String id(Receipt receipt) {
        return "chatcmpl-" + receipt.publicId();
    }

    void write(Dictation dictation, Receipt receipt, Completion.Request request, Instant asked, HttpServletResponse response) throws IOException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Accel-Buffering", "no"); // nginx: pass each chunk on at once
        Wire wire = new Wire(response, receipt, request, asked);
        try {
            wire.step(new Completion.Delta("assistant", ""), null);
            Spoken spoken = new Spoken();
            while (!heed(dictation.next(receipt.messageId(), settings.heartbeat()), spoken, wire)) {
                wire.flush();
            }
        } catch (IOException gone) {
            log.debug("the client of message {} left before its answer was whole", receipt.messageId(), gone);
        } catch (InterruptedException shutdown) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether that was the end */
    private boolean heed(Heard heard, Spoken spoken, Wire wire) throws IOException {
        switch (heard) {
            case Heard.Silence silence -> wire.line(": the answer is being found");
            case Heard.Begun begun -> spoken.begin();
            case Heard.Token token -> wire.say(spoken.hear(token.text()));
            case Heard.Failed failed -> wire.fail(Faults.of(failed.why()));
            case Heard.Ended ended -> {
                if (ended.answer().isEmpty()) {
                    wire.fail(CompletionDoor.late().fault());
                    return true;
                }
                Optional<String> rest = spoken.end(ended.answer().get().text());
                if (rest.isPresent()) {
                    wire.say(rest.get());
                    wire.end();
                } else {
                    wire.fail(Fault.of(HttpStatus.BAD_GATEWAY, "The answer had to be begun anew and came out differently. "
                            + "Ask again with the same Idempotency-Key for the one that counts.").kind("restarted"));
                }
            }
        }
        return heard instanceof Heard.Ended || heard instanceof Heard.Failed;
    }

    /** The chunks of one answer on their way (server-sent events, HTML standard 9.2). */
    private final class Wire {

        private final HttpServletResponse response;
        private final Receipt receipt;
        private final Completion.Request request;
        private final Instant asked;

        private Wire(HttpServletResponse response, Receipt receipt, Completion.Request request, Instant asked) {
            this.response = response;
            this.receipt = receipt;
            this.request = request;
            this.asked = asked;
        }

        void say(String text) throws IOException {
            if (!text.isEmpty()) {
                step(new Completion.Delta(null, text), null);
            }
        }

        void end() throws IOException {
            step(new Completion.Delta(null, null), "stop");
            if (request.wantsUsage()) {
                chunk(List.of(), usages.since(receipt, asked));
            }
            line("data: [DONE]");
            flush();
        }

        void fail(Fault fault) throws IOException {
            line("data: " + json.writeValueAsString(Completion.Failure.of(fault)));
            flush();
        }

        void step(Completion.Delta delta, String finish) throws IOException {
            chunk(List.of(new Completion.Step(0, delta, null, finish)), null);
            flush();
        }

        void chunk(List<Completion.Step> steps, Completion.Usage usage) throws IOException {
            var chunk = new Completion.Chunk(id(receipt), "chat.completion.chunk", asked.getEpochSecond(), request.model(), steps, usage);
            line("data: " + json.writeValueAsString(chunk));
        }

        void line(String text) throws IOException {
            response.getOutputStream().write((text + "\n\n").getBytes(StandardCharsets.UTF_8));
        }

        void flush() throws IOException {
            response.flushBuffer();
        }
    }
}
