package io.serai.web;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.deliver.Counter;
import io.serai.message.Receipt;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where other systems speak up: {@code docs/webhooks.md}. */
@RestController
@RequestMapping("/hooks/{name}")
@Tag(name = "Webhooks", description = "For other systems; each hook has a credential of its own, never a token.")
class HookDoor {

    private static final Logger LOG = LoggerFactory.getLogger(HookDoor.class);
    private static final int LONGEST_WAIT_SECONDS = 60;

    private final Hooks hooks;
    private final Limits limits;
    private final Doors doors;
    private final Answers answers;
    private final Fates fates;
    private final ObjectMapper json;
    private final Clock clock;

    HookDoor(Hooks hooks, Limits limits, Doors doors, Answers answers, Fates fates, ObjectMapper json, Clock clock) {
        this.hooks = hooks;
        this.limits = limits;
        this.doors = doors;
        this.answers = answers;
        this.fates = fates;
        this.json = json;
        this.clock = clock;
    }

    /** What the caller is told. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Told(UUID id, Fate.State state, Boolean duplicate, Reply reply) {}

    /** @param text Markdown */
    record Reply(String text, Instant at) {}

    @PostMapping(consumes = {MediaType.APPLICATION_JSON_VALUE, "application/*+json"})
    @Operation(summary = "Send something that happened",
            description = "202 once it is stored; Location tells what becomes of it. With wait, 200 and the reply when it comes in time.")
    @ApiResponse(responseCode = "200", description = "It is stored and answered.")
    @ApiResponse(responseCode = "202", description = "It is stored; state tells whether and how far it is answered.")
    ResponseEntity<Told> receive(
            @PathVariable String name,
            @RequestHeader HttpHeaders headers,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                    description = "any JSON object", content = @Content(schema = @Schema(type = "object")))
            @RequestBody(required = false) byte[] body,
            @Parameter(description = "seconds to wait for the reply")
                    @RequestParam(defaultValue = "0") @Min(0) @Max(LONGEST_WAIT_SECONDS) int wait) {
        byte[] content = body == null ? new byte[0] : body;
        Seal seal = open(name, headers, content);
        Instant now = clock.instant();
        Receipt receipt = doors.receive("webhook", new Hook(name, HookId.of(seal, headers, content, now), object(content), now));
        Optional<Counter.Item> answer = wait == 0 ? Optional.empty() : answers.await(receipt, Duration.ofSeconds(wait));
        return ResponseEntity.status(answer.isPresent() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .location(URI.create("/hooks/" + name + "/" + receipt.publicId()))
                .body(new Told(
                        receipt.publicId(),
                        answer.isPresent() ? Fate.State.answered : state(receipt),
                        receipt.duplicate(),
                        answer.map(item -> new Reply(item.text(), item.at())).orElse(null)));
    }

    @GetMapping("/{publicId}")
    @Operation(summary = "Ask what became of it",
            description = "Needs the credential of the hook; where that is a signature, it is made over the path as if it were the body.")
    Told tell(
            @PathVariable String name,
            @PathVariable UUID publicId,
            @RequestHeader HttpHeaders headers,
            @Parameter(description = "seconds to wait for the reply")
                    @RequestParam(defaultValue = "0") @Min(0) @Max(LONGEST_WAIT_SECONDS) int wait,
            HttpServletRequest request) {
        open(name, headers, request.getRequestURI().getBytes(US_ASCII));
        Receipt receipt = fates.receipt(name, publicId)
                .orElseThrow(() -> new Stopped(Fault.of(HttpStatus.NOT_FOUND, "This hook received no such message.")));
        if (wait > 0) {
            stay(receipt, Duration.ofSeconds(wait));
        }
        Fate fate = fate(publicId);
        Fate.Answer reply = fate.reply();
        return new Told(publicId, fate.state(), null, reply == null ? null : new Reply(reply.text(), reply.at()));
    }

    /** Of one that was here before it is not known without a look. */
    private Fate.State state(Receipt receipt) {
        return receipt.duplicate() ? fate(receipt.publicId()).state() : Fate.State.of(receipt.verdict());
    }

    private Fate fate(UUID publicId) {
        return fates.find(publicId).orElseThrow(() -> new Stopped(Fault.of(HttpStatus.GONE,
                "The message has just been erased, and with it all that is kept about who sent it.").kind("erased")));
    }

    /** That it died meanwhile is an answer too, to who asks what became of it: its fate says so. */
    private void stay(Receipt receipt, Duration atMost) {
        try {
            answers.await(receipt, atMost);
        } catch (Unanswered dead) {
            LOG.debug("Nothing more to wait for: {}", dead.getMessage());
        }
    }

    private Seal open(String name, HttpHeaders headers, byte[] content) {
        Seal seal = hooks.find(name).orElseThrow(() -> new Stopped(Fault.of(HttpStatus.NOT_FOUND,
                "There is no open hook of this name. Who runs this hub can open one: docs/webhooks.md.")));
        if (!seal.fits(headers, content)) {
            throw new Stopped(Fault.of(HttpStatus.UNAUTHORIZED, "The signature or secret is missing, wrong or too old: docs/webhooks.md.")
                    .kind("unsigned")
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Hook realm=\"serai\""));
        }
        limits.hook(name);
        return seal;
    }

    private JsonNode object(byte[] content) {
        try {
            JsonNode node = json.readTree(Malformed.utf8(content));
            if (!node.isObject()) {
                throw new Stopped(Fault.of(HttpStatus.BAD_REQUEST, "The body must be a JSON object.").kind("malformed"));
            }
            return node;
        } catch (JsonProcessingException malformed) {
            throw new Stopped(Malformed.fault(malformed));
        }
    }
}
