package io.serai.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.profile.Commitments;
import io.serai.profile.Profiles;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where operators put right what was learned. A corrected fact is another one, with an id of its own, so that whoever comes second mostly finds nothing to
 * correct; only its spelling changes under the same id. Who changes a fact shows which {@link Version} of it they have seen.
 */
@RestController
@RequestMapping("/api/contacts/{contact}")
@Tag(name = "Contacts")
class ProfileDesk {

    private final Profiles profiles;
    private final Commitments commitments;
    private final ObjectMapper json;

    ProfileDesk(Profiles profiles, Commitments commitments, ObjectMapper json) {
        this.profiles = profiles;
        this.commitments = commitments;
        this.json = json;
    }

    /** @param value what is right; of a yes or no {@code true} or {@code false} */
    record Wish(@NotBlank @Size(max = 2_000) String value) {}

    @GetMapping("/profile")
    @Operation(summary = "List the facts of the profile, in the order in which they came")
    Page<Profiles.Known> facts(
            @PathVariable long contact,
            @Parameter(description = Page.NEXT) @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = Page.USUAL) @Min(1) @Max(Page.MOST) int limit) {
        return Page.of(profiles.of(contact, after, limit + 1), limit, Profiles.Known::id);
    }

    @Versioned
    @GetMapping("/profile/{fact}")
    @Operation(summary = "Read a fact of the profile", description = "All of them stand in `GET /api/contacts/{contact}`; here it has its ETag.")
    ResponseEntity<Profiles.Known> read(@PathVariable long contact, @PathVariable long fact) {
        Profiles.Known known = find(contact, fact);
        return version(known).of(known);
    }

    @Versioned
    @PutMapping("/profile/{fact}")
    @Operation(summary = "Correct a fact of the profile",
            description = "The answer is the fact that holds from now on, under an id of its own. What was wrong is not learned again from what was said so far. "
                    + "The ids stand in `GET /api/contacts/{contact}`. If-Match: the ETag of the fact as it was read.")
    ResponseEntity<Profiles.Known> correct(@PathVariable long contact, @PathVariable long fact, @Valid @RequestBody Wish wish, Authentication who,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String seen) {
        Profiles.Known right = profiles.correct(contact, unchanged(contact, fact, seen), wish.value(), who.getName())
                .orElseThrow(() -> Version.stale("It was changed in this moment."));
        return version(right).of(right);
    }

    @Versioned
    @DeleteMapping("/profile/{fact}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Take a fact out of the profile", description = "A name or an item of a list is not learned again, anything else only from what is said from now on.")
    void delete(@PathVariable long contact, @PathVariable long fact, Authentication who,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String seen) {
        if (!profiles.delete(contact, unchanged(contact, fact, seen), who.getName())) {
            throw Version.stale("It was changed in this moment.");
        }
    }

    @GetMapping("/commitments")
    @Operation(summary = "List what was promised by us and by them, done or not, the newest first",
            description = "due are the words in which it was promised; from dueAt on it is overdue: of a day without a time, when the next day begins.")
    Page<Commitments.Commitment> commitments(
            @PathVariable long contact,
            @Parameter(description = Page.NEXT) @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
            @RequestParam(defaultValue = Page.USUAL) @Min(1) @Max(Page.MOST) int limit) {
        return Page.of(commitments.of(contact, before, limit + 1), limit, Commitments.Commitment::id);
    }

    @PostMapping("/commitments/{commitment}/done")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Say that a promise was kept", description = "It stands in no later prompt. Saying it again changes nothing.")
    void done(@PathVariable long contact, @PathVariable long commitment) {
        if (!commitments.done(contact, commitment)) {
            throw new Stopped(Fault.of(HttpStatus.NOT_FOUND, "There is no such promise to or by this contact."));
        }
    }

    private Profiles.Known unchanged(long contact, long fact, String seen) {
        Profiles.Known known = find(contact, fact);
        version(known).require(seen);
        return known;
    }

    private Profiles.Known find(long contact, long fact) {
        return profiles.find(contact, fact)
                .orElseThrow(() -> new Stopped(Fault.of(HttpStatus.NOT_FOUND, "There is no such fact on this contact, or no longer: read the contact again.")));
    }

    private Version version(Profiles.Known known) {
        return Version.of(known, json);
    }
}
