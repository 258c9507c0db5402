package io.serai.web;

import io.serai.contact.Note;
import io.serai.contact.Notes;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
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

/** Where operators note what the model must heed. Who changes a note shows which {@link Version} of it they have seen. */
@RestController
@RequestMapping("/api/contacts/{contact}/notes")
@Tag(name = "Notes", description = "What staff pin on a contact: told to the model in every prompt, never to the contact; for operators")
class NoteDesk {

    private final Notes notes;

    NoteDesk(Notes notes) {
        this.notes = notes;
    }

    /**
     * @param priority medium when left out
     * @param pinned true when left out: only what is pinned stands in prompts
     * @param conversation the only conversation in which it holds; all when left out
     */
    record Wish(
            @NotNull Note.Category category,
            @NotBlank @Size(max = 4_000) String content,
            Note.Priority priority,
            Boolean pinned,
            Instant expiresAt,
            Long conversation) {

        Note.Draft draft() {
            return new Note.Draft(conversation, category, content.strip(), priority == null ? Note.Priority.MEDIUM : priority, pinned == null || pinned, expiresAt);
        }
    }

    @GetMapping
    @Operation(summary = "List the notes on a contact", description = "In the order in which they are told; what is not pinned comes last.")
    Page<Note> list(
            @PathVariable long contact,
            @Parameter(description = Page.NEXT) @RequestParam(required = false) String after,
            @RequestParam(defaultValue = Page.USUAL) @Min(1) @Max(Page.MOST) int limit) {
        return Page.of(notes.of(contact, place(after), limit + 1), limit, note -> word(note.place()));
    }

    @Versioned
    @GetMapping("/{id}")
    @Operation(summary = "Read a note")
    ResponseEntity<Note> read(@PathVariable long contact, @PathVariable long id) {
        Note note = find(contact, id);
        return version(note).of(note);
    }

    @PostMapping
    @Operation(summary = "Note something", description = "It holds from the contact's next message on.")
    ResponseEntity<Note> add(@PathVariable long contact, @Valid @RequestBody Wish wish, Authentication who) {
        Note note = notes.add(contact, wish.draft(), who.getName())
                .orElseThrow(() -> new Stopped(Fault.of(HttpStatus.NOT_FOUND, "There is no such contact, or the conversation is none of theirs.")));
        return ResponseEntity.created(URI.create("/api/contacts/" + contact + "/notes/" + note.id())).eTag(version(note).tag()).body(note);
    }

    @Versioned
    @PutMapping("/{id}")
    @Operation(summary = "Write a note anew", description = "If-Match: the entity tag of the version that was read.")
    ResponseEntity<Note> edit(@PathVariable long contact, @PathVariable long id, @Valid @RequestBody Wish wish,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String seen) {
        Note edited = notes.edit(unchanged(contact, id, seen), wish.draft())
                .orElseThrow(() -> Version.stale("It was changed in this moment, or the conversation is none of theirs."));
        return version(edited).of(edited);
    }

    @Versioned
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Take a note away", description = "If-Match: the entity tag of the version that was read.")
    void delete(@PathVariable long contact, @PathVariable long id, @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String seen) {
        if (!notes.delete(unchanged(contact, id, seen))) {
            throw Version.stale("It was changed in this moment.");
        }
    }

    private Note find(long contact, long id) {
        return notes.find(contact, id).orElseThrow(() -> new Stopped(Fault.of(HttpStatus.NOT_FOUND, "There is no such note on this contact.")));
    }

    private Note unchanged(long contact, long id, String seen) {
        Note note = find(contact, id);
        version(note).require(seen);
        return note;
    }

    private static Version version(Note note) {
        return Version.of(note.version());
    }

    private static String word(Note.Place place) {
        return place.untold() + "/" + place.priority() + "/" + place.id();
    }

    private static Note.Place place(String word) {
        if (word == null) {
            return Note.Place.START;
        }
        String[] parts = word.split("/");
        try {
            return new Note.Place(Boolean.parseBoolean(parts[0]), Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException malformed) {
            throw Page.strayed("after");
        }
    }
}
