package io.serai.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.deliver.Counter;
import io.serai.message.Receipt;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Writes an answer as OpenAI's stream of chunks while it is found. A client that leaves does not stop the work on its answer. */
@Component
class CompletionWriter {

    private static final Logger log = LoggerFactory.getLogger(CompletionWriter.class);
    private static final Fault RESTARTED = Fault.of(HttpStatus.BAD_GATEWAY,
            "The answer had to be begun anew and came out differently. Ask again with the same Idempotency-Key for the one that counts.")
            .kind("restarted");

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

    void write(Dictation dictation, Receipt receipt, Completion.Request request, Instant asked, HttpServletResponse response) {
        CompletionStream stream = new CompletionStream(json, response, id(receipt), request.model(), asked);
        Supplier<Completion.Usage> usage = request.wantsUsage() ? () -> usages.since(receipt, asked) : null;
        Spoken spoken = new Spoken();
        try {
            stream.begin();
            boolean ended = false;
            while (!ended) {
                ended = heed(dictation.next(receipt.messageId(), settings.heartbeat()), spoken, stream, usage);
            }
        } catch (IOException gone) {
            log.debug("the client of message {} left before its answer was whole", receipt.messageId(), gone);
        } catch (InterruptedException shutdown) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether that was the end */
    private static boolean heed(Heard heard, Spoken spoken, CompletionStream stream, Supplier<Completion.Usage> usage) throws IOException {
        switch (heard) {
            case Heard.Silence silence -> stream.comment();
            case Heard.Begun begun -> spoken.begin();
            case Heard.Token token -> stream.say(spoken.hear(token.text()));
            case Heard.Failed failed -> stream.fail(Faults.of(failed.why()));
            case Heard.Ended ended -> end(ended.answer(), spoken, stream, usage);
        }
        return heard instanceof Heard.Ended || heard instanceof Heard.Failed;
    }

    private static void end(Optional<Counter.Item> answer, Spoken spoken, CompletionStream stream, Supplier<Completion.Usage> usage)
            throws IOException {
        Optional<String> rest = answer.flatMap(item -> spoken.end(item.text()));
        if (rest.isPresent()) {
            stream.say(rest.get());
            stream.end(usage);
        } else {
            stream.fail(answer.isPresent() ? RESTARTED : CompletionDoor.late().fault());
        }
    }
}
