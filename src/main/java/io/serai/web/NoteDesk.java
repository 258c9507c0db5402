package io.serai.web;

import io.serai.contact.Note;
import io.serai.contact.Notes;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where operators note what the model must heed. Who changes a note shows which version of it they have seen: its entity tag in {@code If-Match}
 * (RFC 9110, 13.1.1; its absence is answered with 428, RFC 6585, 3).
 */
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
    List<Note> list(@PathVariable long contact) {
        return notes.of(contact);
    }

    @GetMapping("/{id}")
    @Operation(summary = "Read a note")
    ResponseEntity<Note> read(@PathVariable long contact, @PathVariable long id) {
        return tagged(find(contact, id));
    }

    @PostMapping
    @Operation(summary = "Note something", description = "It holds from the contact's next message on.")
    ResponseEntity<Note> add(@PathVariable long contact, @Valid @RequestBody Wish wish, Authentication who) {
        Note note = notes.add(contact, wish.draft(), who.getName())
                .orElseThrow(() -> new Stopped(Fault.of(HttpStatus.NOT_FOUND, "There is no such contact, or the conversation is none of theirs.")));
        return ResponseEntity.created(URI.create("/api/contacts/" + contact + "/notes/" + note.id())).eTag(tag(note)).body(note);
    }

    @PutMapping("/{id}")
    @Operation(summary = "Write a note anew", description = "If-Match: the entity tag of the version that was read.")
    ResponseEntity<Note> edit(@PathVariable long contact, @PathVariable long id, @Valid @RequestBody Wish wish,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String seen) {
        Note note = unchanged(find(contact, id), seen);
        return tagged(notes.edit(note, wish.draft()).orElseThrow(() -> stale("It was changed in this moment, or the conversation is none of theirs.")));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Take a note away", description = "If-Match: the entity tag of the version that was read.")
    void delete(@PathVariable long contact, @PathVariable long id, @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String seen) {
        if (!notes.delete(unchanged(find(contact, id), seen))) {
            throw stale("It was changed in this moment.");
        }
    }

    private Note find(long contact, long id) {
        return notes.find(contact, id).orElseThrow(() -> new Stopped(Fault.of(HttpStatus.NOT_FOUND, "There is no such note on this contact.")));
    }

    private static Note unchanged(Note note, String seen) {
        if (seen == null) {
            throw new Stopped(Fault.of(HttpStatus.PRECONDITION_REQUIRED, "Read the note, and send its ETag in If-Match."));
        }
        if (!seen.equals(tag(note)) && !seen.equals("*")) {
            throw stale("Somebody has changed it.");
        }
        return note;
    }

    private static Stopped stale(String why) {
        return new Stopped(Fault.of(HttpStatus.PRECONDITION_FAILED, why + " Read it again."));
    }

    private static ResponseEntity<Note> tagged(Note note) {
        return ResponseEntity.ok().eTag(tag(note)).body(note);
    }

    private static String tag(Note note) {
        return "\"" + note.version() + "\"";
    }
}
