package io.serai.web;

import io.serai.contact.Contacts;
import io.serai.memory.Found;
import io.serai.memory.Search;
import io.serai.message.Conversation;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where operators search what a contact and we ever said to each other. */
@RestController
@Tag(name = "Contacts")
class RecallDesk {

    /** As many as a search looks at from each side. */
    private static final int MOST = 100;

    private final Contacts contacts;
    private final Search search;

    RecallDesk(Contacts contacts, Search search) {
        this.contacts = contacts;
        this.search = search;
    }

    record Recalled(long contact, String question, List<Found> found) {}

    @GetMapping("/api/contacts/{id}/recall")
    @Operation(
            summary = "Search everything that was ever said",
            description = "Best first, over all channels of the contact and all conversations but the isolated ones. `meaning` (-1 to 1) and `wording` "
                    + "tell why a turn was found, `words` which of the words "
                    + "stand in it; `stage` and `topic` are what was known of them when it was said; `score` orders the turns of one search. For operators.")
    Recalled recall(
            @PathVariable long id,
            @Parameter(description = "A question or a few words; any of them may match") @RequestParam String q,
            @Parameter(description = "From within which conversation: of an isolated one (`job:7`) what was said in it, of any other the same as without")
                    @RequestParam(required = false) Long conversation,
            @Parameter(description = "Turns at most, 1 to 100") @RequestParam(defaultValue = "10") int limit) {
        if (q.isBlank()) {
            throw new Stopped(Fault.of(HttpStatus.BAD_REQUEST, "q asks for nothing."));
        }
        if (limit < 1 || limit > MOST) {
            throw new Stopped(Fault.of(HttpStatus.BAD_REQUEST, "limit must be between 1 and " + MOST + "."));
        }
        var contact = contacts.find(id).orElseThrow(() -> new Stopped(Fault.of(HttpStatus.NOT_FOUND, "There is no such contact.")));
        return new Recalled(id, q, conversation == null
                ? search.search(contact, q, limit)
                : search.search(contact, within(id, conversation), q, limit));
    }

    private Conversation within(long contact, long conversation) {
        return contacts.conversation(contact, conversation)
                .orElseThrow(() -> new Stopped(Fault.of(HttpStatus.NOT_FOUND, "This contact has no such conversation.")));
    }
}
