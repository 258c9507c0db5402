package io.serai.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.core.Authentication;

/** Where staff ask what became of a message. */
@RestController
@Tag(name = "Messages")
class FateDesk {

    private final Fates fates;
    private final Ledgers ledgers;
    private final RoleHierarchy ranks;

    FateDesk(Fates fates, Ledgers ledgers, RoleHierarchy ranks) {
        this.fates = fates;
        this.ledgers = ledgers;
        this.ranks = ranks;
    }

    @GetMapping("/api/messages/{publicId}")
    @Operation(summary = "What became of a message", description = "The text of the reply is for operators.")
    Fate find(@PathVariable UUID publicId, Authentication who) {
        Fate fate = fates.find(publicId).orElseThrow(() -> new Stopped(Fault.of(HttpStatus.NOT_FOUND, "There is no such message.")));
        return mayRead(who) ? fate : fate.withoutText();
    }

    @GetMapping(value = "/api/messages/{publicId}/ledger", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "All that happened to a message",
            description = "Received, accepted, tried, asked of which models at what cost, answered, sent in which parts, delivered, or dead. It says no words of anybody.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(type = "object")))
    String ledger(@PathVariable UUID publicId) {
        return ledgers.find(publicId).orElseThrow(() -> new Stopped(Fault.of(HttpStatus.NOT_FOUND, "There is no such message.")));
    }

    private boolean mayRead(Authentication who) {
        return ranks.getReachableGrantedAuthorities(who.getAuthorities()).containsAll(Rank.OPERATOR.authorities());
    }
}
