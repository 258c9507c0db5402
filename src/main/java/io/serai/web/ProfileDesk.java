package io.serai.web;

import io.serai.profile.Commitments;
import io.serai.profile.Profiles;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where operators put right what was learned. A fact never changes: a corrected one is another, with an id of its own, so that whoever comes second
 * with a correction of the same finds nothing to correct. No entity tag is needed for that.
 */
@RestController
@RequestMapping("/api/contacts/{contact}")
@Tag(name = "Contacts")
class ProfileDesk {

    private final Profiles profiles;
    private final Commitments commitments;

    ProfileDesk(Profiles profiles, Commitments commitments) {
        this.profiles = profiles;
        this.commitments = commitments;
    }

    /** @param value what is right; of a yes or no {@code true} or {@code false} */
    record Wish(@NotBlank @Size(max = 2_000) String value) {}

    @PutMapping("/profile/{fact}")
    @Operation(summary = "Correct a fact of the profile",
            description = "The answer is the fact that holds from now on, under an id of its own. What was wrong is not learned again from what was said so far. "
                    + "The ids stand in `GET /api/contacts/{contact}`.")
    Profiles.Known correct(@PathVariable long contact, @PathVariable long fact, @Valid @RequestBody Wish wish, Authentication who) {
        return profiles.correct(contact, fact, wish.value(), who.getName()).orElseThrow(ProfileDesk::gone);
    }

    @DeleteMapping("/profile/{fact}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Take a fact out of the profile", description = "A name or an item of a list is not learned again, anything else only from what is said from now on.")
    void delete(@PathVariable long contact, @PathVariable long fact, Authentication who) {
        if (!profiles.delete(contact, fact, who.getName())) {
            throw gone();
        }
    }

    @PostMapping("/commitments/{commitment}/done")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Say that a promise was kept", description = "It stands in no later prompt. Saying it again changes nothing.")
    void done(@PathVariable long contact, @PathVariable long commitment) {
        if (!commitments.done(contact, commitment)) {
            throw new Stopped(Fault.of(HttpStatus.NOT_FOUND, "There is no such promise to or by this contact."));
        }
    }

    private static Stopped gone() {
        return new Stopped(Fault.of(HttpStatus.NOT_FOUND, "There is no such fact on this contact, or no longer: read the contact again."));
    }
}
