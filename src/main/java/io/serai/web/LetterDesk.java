package io.serai.web;

import io.serai.deliver.Correction;
import io.serai.deliver.Revival;
import io.serai.deliver.Unmovable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where staff look at what could not go on, and decide what becomes of it. */
@RestController
@RequestMapping("/api/dead-letters")
@Tag(name = "Dead letters", description = "What could not go on; viewers see that it happened, operators see what it says, and act")
class LetterDesk {

    private static final int MOST = 200;

    private final Letters letters;
    private final Revival revival;
    private final Correction correction;
    private final RoleHierarchy ranks;

    LetterDesk(Letters letters, Revival revival, Correction correction, RoleHierarchy ranks) {
        this.letters = letters;
        this.revival = revival;
        this.correction = correction;
        this.ranks = ranks;
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
    Letters.Page list(
            @RequestParam(defaultValue = "open") @Schema(description = "open, replayed, discarded, or all") String state,
            @RequestParam(defaultValue = "") String queue,
            @RequestParam(defaultValue = "") String channel,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(required = false) Long contact,
            @RequestParam(required = false) UUID message,
            @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
            @RequestParam(defaultValue = "50") int limit) {
        var filter = new Letters.Filter(state.equals("all") ? "" : state, queue, channel, reason, contact, message);
        return letters.list(filter, before, Math.clamp(limit, 1, MOST));
    }

    @GetMapping("/{id}")
    @Operation(summary = "Show a dead letter with all that is known of it", description = "Texts, addresses and the trace are for operators.")
    Letters.Whole show(@PathVariable long id, Authentication who) {
        Letters.Whole letter = letters.find(id)
                .orElseThrow(() -> new Stopped(Fault.of(HttpStatus.NOT_FOUND, "There is no such dead letter. See GET /api/dead-letters.")));
        return isOperator(who) ? letter : letter.withoutText();
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
    @Operation(summary = "Correct the text or the address of what was to be sent, before it is replayed")
    Letters.Whole edit(@PathVariable long id, @Valid @RequestBody Edit edit, Authentication who) {
        if (edit.text() == null && edit.handle() == null || edit.text() != null && edit.text().isBlank()) {
            throw new Stopped(Fault.of(HttpStatus.BAD_REQUEST, "Say a text, or a handle, or both."));
        }
        moved(() -> correction.correct(id, who.getName(), new Correction.Wish(edit.part(), edit.text(), edit.channel(), edit.account(), edit.handle())));
        return show(id, who);
    }

    @PostMapping("/{id}/discard")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Discard a dead letter, with a reason")
    void discard(@PathVariable long id, @Valid @RequestBody Reason why, Authentication who) {
        moved(() -> revival.discard(id, who.getName(), why.reason()));
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
