package io.serai.web;

import io.serai.deliver.Counter;
import io.serai.message.Inbound;
import io.serai.message.Receipt;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** OpenAI's chat completions, for any client of theirs: a model that remembers. {@code docs/completions.md} */
@RestController
@RequestMapping("/v1")
@Tag(name = "Completions", description = "OpenAI's protocol; needs a token of an operator.")
class CompletionDoor {

    /** OpenAI's clients repeat what failed with 5xx; what is stored already must not be said twice. */
    private static final String DO_NOT_REPEAT = "x-should-retry";

    private final Doors doors;
    private final Answers answers;
    private final Dictations dictations;
    private final CompletionWriter writer;
    private final Usages usages;
    private final Limits limits;
    private final CompletionSettings settings;
    private final Clock clock;

    CompletionDoor(Doors doors, Answers answers, Dictations dictations, CompletionWriter writer, Usages usages, Limits limits,
            CompletionSettings settings, Clock clock) {
        this.doors = doors;
        this.answers = answers;
        this.dictations = dictations;
        this.writer = writer;
        this.usages = usages;
        this.limits = limits;
        this.settings = settings;
        this.clock = clock;
    }

    @GetMapping("/models")
    @Operation(summary = "List the models: there is one, and it is us")
    Completion.Models models() {
        return new Completion.Models("list", List.of(new Completion.Model(Completion.Request.MODEL, "model", 0, "serai")));
    }

    @PostMapping(path = "/chat/completions", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Say something and wait for the answer")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Completion.Whole.class)))
    Completion.Whole complete(
            @RequestBody Completion.Request request,
            @Parameter(description = "the same key of the same user is the same message and gets the same answer")
                    @RequestHeader(name = "Idempotency-Key", required = false) String key,
            Principal token,
            HttpServletResponse response) {
        limits.completions(token.getName());
        Instant now = clock.instant();
        Inbound inbound = CompletionWish.read(request, token.getName(), key, now);
        if (request.stream()) {
            stream(request, inbound, response);
            return null;
        }
        Receipt receipt = receive(inbound);
        response.setHeader(DO_NOT_REPEAT, "false");
        Counter.Item answer = answers.await(receipt, settings.patience()).orElseThrow(CompletionDoor::late);
        return Completion.Whole.of(writer.id(receipt), now.getEpochSecond(), request.model(), answer.text(), usages.since(receipt, now));
    }

    private void stream(Completion.Request request, Inbound inbound, HttpServletResponse response) {
        try (Dictation dictation = dictations.open(new Dictations.Desk(inbound.account(), inbound.handle()))) {
            Receipt receipt = receive(inbound);
            Thread.ofVirtual().name("completion").start(() -> dictation.tell(await(receipt)));
            writer.write(dictation, receipt, request, inbound.receivedAt(), response);
        }
    }

    private Receipt receive(Inbound inbound) {
        Receipt receipt = doors.receive(Dictations.CHANNEL, inbound);
        if (!receipt.verdict().isAnswered()) {
            throw new Stopped(Fault.of(HttpStatus.FORBIDDEN, "The message is kept, but this user is not answered (rule " + receipt.verdict().rule()
                    + "). Who runs this hub can let them in: docs/channels.md.").kind("not-admitted"));
        }
        return receipt;
    }

    private Heard await(Receipt receipt) {
        try {
            return new Heard.Ended(answers.await(receipt, settings.patience()));
        } catch (RuntimeException failed) {
            return new Heard.Failed(failed);
        }
    }

    static Stopped late() {
        return new Stopped(Fault.of(HttpStatus.GATEWAY_TIMEOUT,
                "The message is stored and will be answered, but was not in time. Ask again with the same Idempotency-Key for the answer.")
                .kind("late"));
    }
}
