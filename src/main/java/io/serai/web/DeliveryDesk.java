package io.serai.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.deliver.Preference;
import io.serai.deliver.Preferences;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where operators note how a contact wants to be reached. */
@RestController
@RequestMapping("/api/contacts/{id}/delivery")
@Tag(name = "Contacts")
class DeliveryDesk {

    private static final int MOST = 20;

    private final Preferences preferences;
    private final ObjectMapper json;

    DeliveryDesk(Preferences preferences, ObjectMapper json) {
        this.preferences = preferences;
        this.json = json;
    }

    /** What was left out is not wished for. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Wishes(
            @Schema(description = "the channel for what nobody asked for; answers go where it was asked", example = "telegram") String main,
            @Schema(description = "instead of it for what cannot wait") String urgent,
            @Schema(description = "instead of it for briefings and reminders") String daily,
            @Schema(description = "instead of it for everything else") String conversation,
            @Schema(description = "the channels to try when one fails for good, in order") @Size(max = MOST) List<@NotNull String> fallbacks,
            @Schema(description = "the channels never to be used, except to answer what was asked there") @Size(max = MOST) List<@NotNull String> off,
            @Valid Quiet quiet,
            @Schema(description = "by which the quiet hours go; without one that of the hub", example = "Europe/Berlin") String timeZone) {}

    /** Nothing is sent then that is not urgent and does not answer what was just asked. */
    record Quiet(@Schema(example = "22:00") @NotNull LocalTime from, @Schema(example = "07:00") @NotNull LocalTime to) {}

    @Versioned
    @GetMapping
    @Operation(summary = "How a contact wants to be reached, and when not")
    ResponseEntity<Wishes> read(@PathVariable long id) {
        Wishes wishes = wishes(find(id));
        return version(wishes).of(wishes);
    }

    @Versioned
    @PutMapping
    @Operation(summary = "Say how a contact wants to be reached, and when not",
            description = "Replaces all of it; If-Match: the ETag of what was read. What is held is looked at anew.")
    ResponseEntity<Wishes> keep(@PathVariable long id, @Valid @RequestBody Wishes wishes,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String seen) {
        Preference before = find(id);
        version(wishes(before)).require(seen);
        if (!preferences.keep(id, before, preference(wishes))) {
            throw Version.stale("It was changed in this moment.");
        }
        return read(id);
    }

    private Preference find(long contact) {
        return preferences.find(contact).orElseThrow(DeliveryDesk::unknown);
    }

    private Version version(Wishes wishes) {
        return Version.of(wishes, json);
    }

    private static Wishes wishes(Preference wish) {
        return new Wishes(wish.main(), wish.urgent(), wish.daily(), wish.conversation(), wish.fallbacks(), wish.off(),
                wish.quietFrom() == null ? null : new Quiet(wish.quietFrom(), wish.quietTo()), wish.zone() == null ? null : wish.zone().getId());
    }

    private static Preference preference(Wishes wishes) {
        Quiet quiet = wishes.quiet();
        return new Preference(wishes.main(), wishes.urgent(), wishes.daily(), wishes.conversation(), wishes.fallbacks(), wishes.off(),
                quiet == null ? null : quiet.from(), quiet == null ? null : quiet.to(), zone(wishes.timeZone()));
    }

    /** A name that Postgres understands alike: to it, UTC+2 lies in the west (POSIX). */
    private static ZoneId zone(String name) {
        if (name == null) {
            return null;
        }
        if (!ZoneId.getAvailableZoneIds().contains(name) || name.startsWith("SystemV/")) {
            throw new Stopped(Fault.of(HttpStatus.BAD_REQUEST, "Not valid: timeZone must be a name as Europe/Berlin (IANA).").kind("invalid"));
        }
        return ZoneId.of(name);
    }

    private static Stopped unknown() {
        return new Stopped(Fault.of(HttpStatus.NOT_FOUND, "There is no such contact."));
    }
}
