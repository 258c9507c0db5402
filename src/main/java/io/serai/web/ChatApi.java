package io.serai.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.serai.dialect.Dialect;
import io.serai.dialect.Dialects;
import io.serai.message.Inbound;
import io.serai.message.Receipt;
import io.serai.message.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The web chat as an API: what the page uses, and any other page of ours may. */
@RestController
@RequestMapping("/api/chat")
@SecurityRequirements
@Tag(name = "Web chat", description = "The talk of one visitor, who is known by the signed cookie `serai_visitor`.")
class ChatApi {

    private static final Dialect HTML = Dialects.of("web");

    private final Doors doors;
    private final Visitors visitors;
    private final History history;
    private final Streams streams;
    private final About about;
    private final WebChatSettings settings;
    private final Clock clock;

    ChatApi(Doors doors, Visitors visitors, History history, Streams streams, About about, WebChatSettings settings,
            Clock clock) {
        this.doors = doors;
        this.visitors = visitors;
        this.history = history;
        this.streams = streams;
        this.about = about;
        this.settings = settings;
        this.clock = clock;
    }

    record Saying(
            @JsonDeserialize(using = Verbatim.class) @Schema(description = "what is said", example = "Are you open on Sunday?") String text,
            @Schema(description = "an id of the sender's own: the same message may be sent again with it and is answered once") UUID id) {}

    record Kept(
            @Schema(description = "the id of the message in the history") UUID message,
            @Schema(description = "whether it was here before") boolean duplicate) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            UUID id,
            @Schema(allowableValues = {"user", "assistant"}) String role,
            @Schema(description = "plain text of a user, Markdown of an assistant") String text,
            @Schema(description = "the same as HTML that is safe to show; only for an assistant") String html,
            Instant at) {}

    record Talk(
            @Schema(description = "oldest first") List<Entry> messages,
            @Schema(description = "whether there is more before the first") boolean more,
            @Schema(description = "where the stream of events goes on from here") long lastEventId) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Say something", description = "The answer comes over `GET /api/chat/events`.")
    @ApiResponse(responseCode = "202", description = "It is stored, and will be answered.")
    @ApiResponse(responseCode = "422", description = "It has no text, or is too long.")
    @ApiResponse(responseCode = "429", description = "Too many messages; Retry-After says when the next is welcome.")
    @ApiResponse(responseCode = "503", description = "It could not be stored; send it again with the same id.")
    Kept say(@RequestBody Saying saying, HttpServletRequest request, HttpServletResponse response) {
        Visitor visitor = Unavailable.unlessAway(() -> visitors.identify(request, response));
        String text = accepted(saying.text());
        UUID id = saying.id() == null ? UUID.randomUUID() : saying.id();
        // The visitor is part of the id, so that nobody's message can pass for somebody else's.
        String externalId = visitor.handle() + ":" + id;
        Receipt receipt = doors.receive(Visitor.CHANNEL, Inbound.of(Visitor.CHANNEL, "", visitor.handle(), externalId, text, clock.instant()));
        streams.wake(visitor.handle());
        return new Kept(receipt.publicId(), receipt.duplicate());
    }

    @GetMapping("/messages")
    @Operation(summary = "What was said so far", description = "What this visitor wrote and what was answered here. Sets the cookie at first contact.")
    ResponseEntity<Talk> messages(
            @Parameter(description = "the entry before which to begin") @RequestParam(required = false) UUID before,
            @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit,
            HttpServletRequest request,
            HttpServletResponse response) {
        Talk talk = Unavailable.unlessAway(() -> talk(visitors.identify(request, response), before, limit));
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(talk);
    }

    @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            summary = "What happens from now on, as server-sent events",
            description = """
                    `message` {replyId, text, html, at} is a reply, or the next part of one; its event id resumes the stream. \
                    Without an id, and gone when missed: `typing` {on}, `token` {text} of the reply that is being written, \
                    `restart` {}: what came as tokens is void. A comment every 15 seconds shows that the stream is alive.""")
    @ApiResponse(responseCode = "200", description = "It begins.")
    @ApiResponse(responseCode = "429", description = "Too many streams are open from this address; Retry-After says when to try again.")
    SseEmitter events(
            @Parameter(description = "the last event that was seen; sent by browsers that come back")
                    @RequestHeader(name = "Last-Event-ID", required = false) Long last,
            @Parameter(description = "the same, for the first time; without either the stream begins now") @RequestParam(required = false) Long after,
            HttpServletRequest request,
            HttpServletResponse response) {
        Long seen = last == null ? after : last;
        return Unavailable.unlessAway(() -> streams.open(visitors.identify(request, response), seen, request.getRemoteAddr(), () -> head(response)));
    }

    /** A proxy that collects a response before it passes it on would make a stream useless (nginx: X-Accel-Buffering). */
    private static void head(HttpServletResponse response) {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
        response.setHeader("X-Accel-Buffering", "no");
        try {
            response.flushBuffer();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @GetMapping("/about")
    @Operation(summary = "What the page says about itself")
    About.Sign about() {
        return about.sign();
    }

    private Talk talk(Visitor visitor, UUID before, int limit) {
        Place place = history.place(visitor);
        long lastEvent = history.lastEvent(place);
        List<History.Entry> entries = history.entries(place, lastEvent, before, limit + 1);
        List<Entry> told = entries.stream().limit(limit).map(this::told).toList().reversed();
        return new Talk(told, entries.size() > limit, lastEvent);
    }

    private Entry told(History.Entry entry) {
        String html = entry.role().equals("user") ? null : entry.parts().stream().map(HTML::render).collect(Collectors.joining());
        return new Entry(entry.id(), entry.role(), String.join("\n\n", entry.parts()), html, entry.at());
    }

    private String accepted(String typed) {
        String text = Wording.clean(typed == null ? "" : typed);
        if (text.isBlank()) {
            throw new Refused("A message needs some text.");
        }
        int length = text.codePointCount(0, text.length());
        if (length > settings.maxLength()) {
            throw new Refused("A message may have up to %d characters; this one has %d.".formatted(settings.maxLength(), length));
        }
        return text;
    }
}
