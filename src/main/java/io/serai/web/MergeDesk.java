package io.serai.web;

import io.serai.contact.Merges;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where operators say that two contacts are one person, and that they are not. */
@RestController
@Tag(name = "Contacts")
class MergeDesk {

    private final Merges merges;

    MergeDesk(Merges merges) {
        this.merges = merges;
    }

    /** @param contact who turned out to be the same */
    record Wish(@NotNull Long contact) {}

    @PostMapping("/api/contacts/{contact}/merges")
    @Operation(summary = "Make one contact of two",
            description = "What was the other's becomes this one's: addresses, talks, notes, what is known. Where both know something different, this one's holds. It can be undone.")
    Merges.Merge merge(@PathVariable long contact, @Valid @RequestBody Wish wish, Authentication who) {
        return merges.merge(contact, wish.contact(), who.getName());
    }

    @GetMapping("/api/contacts/{contact}/merges")
    @Operation(summary = "List the merges a contact has been part of, the newest first")
    Page<Merges.Merge> list(
            @PathVariable long contact,
            @Parameter(description = Page.NEXT) @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
            @RequestParam(defaultValue = Page.USUAL) @Min(1) @Max(Page.MOST) int limit) {
        return Page.of(merges.of(contact, before, limit + 1), limit, Merges.Merge::id);
    }

    @PostMapping("/api/merges/{id}/undo")
    @Operation(summary = "Make two contacts again",
            description = "Each gets back what was theirs; what was said in the meantime goes to the one from whose address it came.")
    Merges.Merge undo(@PathVariable long id, Authentication who) {
        return merges.undo(id, who.getName());
    }
}
