package io.serai.web;

import io.serai.channel.Pulse;
import io.serai.channel.Pulses;
import io.serai.contact.GuessedTooOften;
import io.serai.contact.Pairings;
import io.serai.contact.Strangers;
import io.serai.contact.Strangers.Stranger;
import io.serai.deliver.Ways;
import io.serai.message.Standing;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.security.Principal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where operators decide who is answered. */
@RestController
@RequestMapping("/api/pairings")
@Tag(name = "Strangers", description = "Who is answered, on channels that do not answer everybody; for operators")
class PairingDesk {

    private final Strangers strangers;
    private final Pairings pairings;
    private final Ways ways;
    private final Pulses pulses;

    PairingDesk(Strangers strangers, Pairings pairings, Ways ways, Pulses pulses) {
        this.strangers = strangers;
        this.pairings = pairings;
        this.ways = ways;
        this.pulses = pulses;
    }

    record Code(@Schema(description = "what the stranger was told", example = "K7QF3MXA") @NotBlank @Size(max = 64) String code) {}

    record Guest(
            @Schema(example = "telegram") @NotBlank @Size(max = 64) String channel,
            @Schema(description = "which of our accounts on that channel, by its name in the settings; left out where there is only one") @Size(max = 255) String account,
            @Schema(description = "exactly as the channel spells it") @NotBlank @Size(max = 255) String handle,
            @Size(max = 255) String name) {}

    @GetMapping
    @Operation(summary = "List who waits at the door, or about whom was decided", description = "Who waits longest comes first; then about whom was decided last.")
    Page<Stranger> list(
            @Parameter(description = "new (they wait), admitted or refused", schema = @Schema(allowableValues = {"new", "admitted", "refused"}))
                    @RequestParam(defaultValue = "new") String standing,
            @Parameter(description = Page.NEXT) @RequestParam(required = false) String after,
            @RequestParam(defaultValue = Page.USUAL) @Min(1) @Max(Page.MOST) int limit) {
        return Page.of(strangers.list(standing(standing), place(after), limit + 1), limit, stranger -> word(stranger.place()));
    }

    @PostMapping
    @Operation(summary = "Let somebody in who has not written yet")
    Stranger admit(@Valid @RequestBody Guest guest, Principal by) {
        if (!ways.leadTo(guest.channel())) {
            throw new Stopped(Fault.of(HttpStatus.BAD_REQUEST, "There is no channel '%s': routes/deliver has none of that name.".formatted(guest.channel())).kind("invalid"));
        }
        return strangers.admit(guest.channel(), account(guest), guest.handle(), guest.name(), by.getName());
    }

    /** The hub's own doors have none. */
    private String account(Guest guest) {
        if (guest.account() != null) {
            return guest.account();
        }
        List<String> ours = pulses.all().stream().filter(pulse -> pulse.channel().equals(guest.channel())).map(Pulse::account).toList();
        if (ours.size() > 1) {
            throw new Stopped(Fault.of(HttpStatus.BAD_REQUEST, "Say which account of ours: %s.".formatted(String.join(", ", ours))).kind("invalid"));
        }
        return ours.isEmpty() ? "" : ours.getFirst();
    }

    @PostMapping("/approve")
    @Operation(summary = "Let in who was told this code", description = "What they have said so far is answered now, in its order.")
    Stranger approve(@Valid @RequestBody Code code, Principal by) {
        try {
            return pairings.find(code.code())
                    .flatMap(address -> strangers.decide(address, Standing.ADMITTED, by.getName()))
                    .orElseThrow(() -> new Stopped(Fault.of(HttpStatus.NOT_FOUND, "No such code holds. See GET /api/pairings.")));
        } catch (GuessedTooOften tired) {
            throw new Stopped(Fault.of(HttpStatus.TOO_MANY_REQUESTS, tired.getMessage()).kind("too-many"));
        }
    }

    @PostMapping("/{id}/approve")
    @Operation(summary = "Let somebody in", description = "What they have said so far is answered now, in its order.")
    Stranger approve(@PathVariable long id, Principal by) {
        return decide(id, Standing.ADMITTED, by);
    }

    @PostMapping("/{id}/refuse")
    @Operation(summary = "Refuse somebody", description = "What they said and what they will say is kept and never answered.")
    Stranger refuse(@PathVariable long id, Principal by) {
        return decide(id, Standing.REFUSED, by);
    }

    private Stranger decide(long id, Standing standing, Principal by) {
        return strangers.decide(id, standing, by.getName())
                .orElseThrow(() -> new Stopped(Fault.of(HttpStatus.NOT_FOUND, "There is nobody of this id. See GET /api/pairings.")));
    }

    private static String word(Strangers.Place place) {
        return Objects.toString(place.since(), "") + "/" + Objects.toString(place.decidedAt(), "") + "/" + place.id();
    }

    private static Strangers.Place place(String word) {
        if (word == null) {
            return Strangers.Place.START;
        }
        String[] parts = word.split("/", -1);
        try {
            return new Strangers.Place(time(parts[0]), time(parts[1]), Long.parseLong(parts[2]));
        } catch (DateTimeParseException | NumberFormatException | ArrayIndexOutOfBoundsException malformed) {
            throw Page.strayed("after");
        }
    }

    private static Instant time(String word) {
        return word.isEmpty() ? null : Instant.parse(word);
    }

    private static Standing standing(String word) {
        return List.of("new", "admitted", "refused").stream()
                .filter(word::equals)
                .findFirst()
                .map(Standing::of)
                .orElseThrow(() -> new Stopped(Fault.of(HttpStatus.BAD_REQUEST, "standing is new, admitted or refused.").kind("invalid")));
    }
}
