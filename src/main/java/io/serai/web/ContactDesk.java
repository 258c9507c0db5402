package io.serai.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.contact.Belongings;
import io.serai.memory.Transcript;
import io.serai.summary.Wanted;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where operators see what is known of a contact, and where it comes from. */
@RestController
@Tag(name = "Contacts", description = "What is known of people, and why; for operators")
class ContactDesk {

    private static final String DORMANT = "true: only those of whom nothing was heard for 90 days; false: only the others";

    private static final List<String> COLUMNS = List.of("id", "name", "timeZone", "knownSince", "heardAt", "dormantAt", "handles");

    private final Dossiers dossiers;
    private final Transcript transcript;
    private final Belongings belongings;
    private final Wanted wanted;
    private final ObjectMapper json;
    private final Clock clock;

    ContactDesk(Dossiers dossiers, Transcript transcript, Belongings belongings, Wanted wanted, ObjectMapper json, Clock clock) {
        this.dossiers = dossiers;
        this.transcript = transcript;
        this.belongings = belongings;
        this.wanted = wanted;
        this.json = json;
        this.clock = clock;
    }

    @GetMapping(path = "/api/contacts", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "List contacts, the newest first")
    Page<Dossier.Person> list(
            @Parameter(description = "part of a name or a handle") @RequestParam(defaultValue = "") String q,
            @Parameter(description = DORMANT) @RequestParam(required = false) Boolean dormant,
            @Parameter(description = "the next of the page before") @RequestParam(defaultValue = "9223372036854775807") long before,
            @RequestParam(defaultValue = "50") @Min(1) @Max(500) int limit) {
        return Page.of(dossiers.list(q, dormant, before, limit + 1), limit, Dossier.Person::id);
    }

    @GetMapping(path = "/api/contacts", produces = Csv.TYPE)
    @Operation(summary = "The same as CSV (RFC 4180), all of them")
    void csv(@RequestParam(defaultValue = "") String q, @Parameter(description = DORMANT) @RequestParam(required = false) Boolean dormant,
            HttpServletResponse response) throws IOException {
        Csv.<Dossier.Person>write(response, COLUMNS, last -> dossiers.list(q, dormant, last == null ? Long.MAX_VALUE : last.id(), Csv.AT_ONCE),
                person -> Arrays.asList(person.id(), person.name(), person.timeZone(), person.knownSince(), person.heardAt(), person.dormantAt(),
                        String.join(" ", person.handles())));
    }

    @Versioned
    @GetMapping("/api/contacts/{contact}")
    @Operation(summary = "Read a contact", description = "Addresses, conversations, the profile with its sources, notes and open commitments. "
            + "Of one who was merged nothing is left here: see `contact.mergedInto`.")
    ResponseEntity<Dossier> read(@PathVariable long contact) {
        Dossier dossier = find(contact);
        return Version.of(dossier, json).of(dossier);
    }

    @GetMapping("/api/contacts/{contact}/timeline")
    @Operation(summary = "What happened with a contact, the newest first")
    Page<Dossier.Event> timeline(
            @PathVariable long contact,
            @Parameter(description = "the next of the page before") @RequestParam(required = false) String before,
            @RequestParam(defaultValue = "50") @Min(1) @Max(500) int limit) {
        find(contact);
        Dossier.Mark end = before == null ? new Dossier.Mark(clock.instant().plusSeconds(60), "", "") : Dossier.Mark.of(before);
        return Page.of(dossiers.timeline(contact, end, limit + 1), limit, event -> event.mark().word());
    }

    @PostMapping("/api/contacts/{contact}/conversations/{conversation}/archive")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Archive a conversation",
            description = "What is said next in it starts over, as after `/new`. Nothing is forgotten: recall still finds what was said.")
    void archive(@PathVariable long contact, @PathVariable long conversation) {
        if (!transcript.archive(contact, conversation)) {
            throw noSuchTalk();
        }
    }

    @PostMapping("/api/contacts/{contact}/conversations/{conversation}/summary")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Have a conversation told in short now",
            description = "Up to what was said last; it stands in the contact's `conversations` a few seconds later. Nothing happens when nothing was said since.")
    void summarise(@PathVariable long contact, @PathVariable long conversation) {
        if (!wanted.want(contact, conversation)) {
            throw noSuchTalk();
        }
    }

    @Versioned
    @GetMapping("/api/replies/{publicId}/frame")
    @Operation(summary = "What the model saw when it wrote a reply",
            description = "Layer by layer: lines with their sources, tokens, what was cut and why. The id is that of the reply, or of the message it answers.")
    ResponseEntity<Dossier.Seen> frame(@PathVariable UUID publicId) {
        Dossier.Seen seen = dossiers.seen(publicId).orElseThrow(() -> new Stopped(Fault.of(HttpStatus.NOT_FOUND,
                "There is no such reply, or no model was asked for it: a command, an apology.")));
        return Version.of(seen, json).of(seen);
    }

    @GetMapping("/api/contacts/{contact}/export")
    @Operation(summary = "Everything that is kept about a contact, as JSON", description = "By table, as it is kept. For an admin.")
    void export(@PathVariable long contact, HttpServletResponse response) throws IOException {
        if (!belongings.isKept(contact)) {
            throw unknown();
        }
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"contact-" + contact + ".json\"");
        belongings.export(contact, response.getOutputStream());
    }

    @DeleteMapping("/api/contacts/{contact}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Erase a contact and everything that is kept about them", description = "It cannot be undone. For an admin.")
    void erase(@PathVariable long contact, Authentication who) {
        if (belongings.erase(contact, who.getName()) == 0) {
            throw unknown();
        }
    }

    private Dossier find(long contact) {
        return dossiers.find(contact).orElseThrow(ContactDesk::unknown);
    }

    private static Stopped noSuchTalk() {
        return new Stopped(Fault.of(HttpStatus.NOT_FOUND, "This contact has no such conversation."));
    }

    private static Stopped unknown() {
        return new Stopped(Fault.of(HttpStatus.NOT_FOUND, "There is no such contact. See GET /api/contacts."));
    }
}
