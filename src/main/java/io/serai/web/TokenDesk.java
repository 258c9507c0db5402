package io.serai.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where an admin hands out tokens and takes them back. */
@RestController
@RequestMapping("/api/tokens")
@Tag(name = "Tokens", description = "Keys of programs; for admins")
class TokenDesk {

    private final Tokens tokens;

    TokenDesk(Tokens tokens) {
        this.tokens = tokens;
    }

    /** @param name also the account under which the users of the completions endpoint are known: the same name, the same people */
    record Wish(
            @NotNull @Pattern(regexp = "[a-z0-9][a-z0-9-]{0,62}", message = "must be 1 to 63 lower-case letters, digits and dashes")
                    String name,
            @NotNull Rank role) {}

    @PostMapping
    @Operation(summary = "Make a token", description = "It is shown in this answer and never again.")
    ResponseEntity<Tokens.Made> make(@Valid @RequestBody Wish wish) {
        if (wish.name().equals(Tokens.ENVIRONMENT)) {
            throw new Stopped(Fault.of(HttpStatus.CONFLICT, "This name belongs to the token from the settings. Choose another."));
        }
        Tokens.Made made = tokens.make(wish.name(), wish.role());
        return ResponseEntity.created(URI.create("/api/tokens/" + made.id())).body(made);
    }

    @GetMapping
    @Operation(summary = "List the tokens, the newest first")
    Page<Tokens.Listed> list(
            @Parameter(description = Page.NEXT) @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
            @RequestParam(defaultValue = Page.USUAL) @Min(1) @Max(Page.MOST) int limit) {
        return Page.of(tokens.list(before, limit + 1), limit, Tokens.Listed::id);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Take a token back; it holds no longer from the next request on")
    void delete(@PathVariable long id) {
        if (!tokens.delete(id)) {
            throw new Stopped(Fault.of(HttpStatus.NOT_FOUND, "There is no such token. See GET /api/tokens."));
        }
    }
}
