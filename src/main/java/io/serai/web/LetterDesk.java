package io.serai.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.deliver.Correction;
import io.serai.deliver.Revival;
import io.serai.deliver.Unmovable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where staff look at what could not go on, and decide what becomes of it. */
@RestController
@RequestMapping("/api/dead-letters")
@Tag(name = "Dead letters", description = "What could not go on; viewers see that it happened, operators see what it says, and act")
class LetterDesk {

    private static final String STATES = "open|replayed|discarded|all";
    private static final String QUEUES = "|turns|parcels|reflections";

    private final Letters letters;
    private final Revival revival;
    private final Correction correction;
    private final RoleHierarchy ranks;
    private final ObjectMapper json;

    LetterDesk(Letters letters, Revival revival, Correction correction, RoleHierarchy ranks, ObjectMapper json) {
        this.letters = letters;
        this.revival = revival;
        this.correction = correction;
        this.ranks = ranks;
        this.json = json;
    }

    /** @param dryRun true unless said otherwise */
    record Replay(
            @Size(max = 1000) @Schema(description = "which ones; empty for all open ones that fit queue and reason") List<Long> ids,
            @Schema(description = "turns, parcels or reflections") String queue,
            @Schema(description = "a part of the reason") String reason,
            @Schema(description = "only tell what would happen", defaultValue = "true") Boolean dryRun) {}

    record Replayed(boolean dryRun, List<Revival.Prospects> letters) {}

    record Reason(@NotBlank @Size(max = 1000) String reason) {}

    record Edit(
            @Schema(description = "which part gets the text; the first that was not sent unless said") Integer part,
            @Size(min = 1, max = 100_000) @Schema(description = "Markdown") String text,
            @Schema(description = "another channel") String channel,
            @Schema(description = "which of our accounts sends it; needed with another channel that has several") String account,
            @Size(min = 1, max = 500) @Schema(description = "where it goes: a chat, a mail address; of the same contact") String handle) {}

    @GetMapping
    @Operation(summary = "List the dead letters, youngest first")
    Page<Letters.Letter> list(
            @RequestParam(defaultValue = "open") @Pattern(regexp = STATES, message = "is open, replayed, discarded or all") String state,
            @RequestParam(defaultValue = "") @Pattern(regexp = QUEUES, message = "is turns, parcels or reflections") String queue,
            @RequestParam(defaultValue = "") String channel,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(required = false) Long contact,
            @RequestParam(required = false) UUID message,
            @Parameter(description = Page.NEXT) @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
            @RequestParam(defaultValue = Page.USUAL) @Min(1) @Max(Page.MOST) int limit) {
        var filter = new Letters.Filter(state.equals("all") ? "" : state, queue, channel, reason, contact, message);
        return Page.of(letters.list(filter, before, limit + 1), limit, Letters.Letter::id);
    }

    @Versioned
    @GetMapping("/{id}")
    @Operation(summary = "Show a dead letter with all that is known of it", description = "Texts, addresses and the trace are for operators.")
    ResponseEntity<Letters.Whole> show(@PathVariable long id, Authentication who) {
        Letters.Whole letter = isOperator(who) ? find(id) : find(id).withoutText();
        return version(letter).of(letter);
    }

    @PostMapping("/replay")
    @Operation(summary = "Replay one or many, in the order in which they were to be done",
            description = "Only tells what would happen unless dryRun is false. The work keeps its ids, so that what arrived under an id is not repeated where ids are known.")
    Replayed replay(@Valid @RequestBody Replay wish, Authentication who) {
        boolean dry = wish.dryRun() == null || wish.dryRun();
        List<Long> ids = wish.ids() == null ? List.of() : wish.ids();
        List<Long> chosen = revival.inOrder(ids, word(wish.queue()), word(wish.reason()));
        if (chosen.isEmpty()) {
            throw new Stopped(Fault.of(HttpStatus.NOT_FOUND, "There is no such dead letter. Name ids, a queue, or a part of the reason."));
        }
        return new Replayed(dry, chosen.stream().map(id -> revival.replay(id, who.getName(), dry)).toList());
    }

    @PatchMapping("/{id}")
    @Versioned
    @Operation(summary = "Correct the text or the address of what was to be sent, before it is replayed", description = "If-Match: the ETag of the letter as it was read.")
    ResponseEntity<Letters.Whole> edit(@PathVariable long id, @Valid @RequestBody Edit edit, Authentication who,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String seen) {
        if (edit.text() == null && edit.handle() == null || edit.text() != null && edit.text().isBlank()) {
            throw new Stopped(Fault.of(HttpStatus.BAD_REQUEST, "Say a text, or a handle, or both."));
        }
        if (edit.handle() == null && (edit.channel() != null || edit.account() != null)) {
            throw new Stopped(Fault.of(HttpStatus.BAD_REQUEST, "Say a handle too: where it goes in that channel, or from that account."));
        }
        Letters.Whole letter = find(id);
        version(letter).require(seen);
        moved(() -> {
            if (!correction.correct(id, letter.version(), who.getName(), new Correction.Wish(edit.part(), edit.text(), edit.channel(), edit.account(), edit.handle()))) {
                throw Version.stale("It was changed in this moment.");
            }
        });
        return show(id, who);
    }

    @PostMapping("/{id}/discard")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Discard a dead letter, with a reason")
    void discard(@PathVariable long id, @Valid @RequestBody Reason why, Authentication who) {
        find(id);
        moved(() -> revival.discard(id, who.getName(), why.reason()));
    }

    private Letters.Whole find(long id) {
        return letters.find(id).orElseThrow(() -> new Stopped(Fault.of(HttpStatus.NOT_FOUND, "There is no such dead letter. See GET /api/dead-letters.")));
    }

    private Version version(Letters.Whole letter) {
        return Version.of(letter, json);
    }

    private static void moved(Runnable move) {
        try {
            move.run();
        } catch (Unmovable cannot) {
            throw new Stopped(Fault.of(HttpStatus.CONFLICT, cannot.getMessage()));
        }
    }

    private boolean isOperator(Authentication who) {
        return ranks.getReachableGrantedAuthorities(who.getAuthorities()).containsAll(Rank.OPERATOR.authorities());
    }

    private static String word(String said) {
        return said == null ? "" : said.strip();
    }
}
