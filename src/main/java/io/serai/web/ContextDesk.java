package io.serai.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.memory.Contexts;
import io.serai.memory.Contexts.Context;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where operators see and put right what is known of a talk itself; who changes it shows what they have read. */
@RestController
@RequestMapping("/api/contacts/{contact}/conversations/{conversation}/context")
@Tag(name = "Contacts")
class ContextDesk {

    /** RFC 7396, 4. */
    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final Contexts contexts;

    ContextDesk(Contexts contexts) {
        this.contexts = contexts;
    }

    @Versioned
    @GetMapping
    @Operation(summary = "Read the context of a conversation", description = "What other systems and operators say of it; told to the model as data.")
    ResponseEntity<JsonNode> read(@PathVariable long contact, @PathVariable long conversation) {
        return answer(find(contact, conversation));
    }

    @Versioned
    @PatchMapping(consumes = {MERGE_PATCH, MediaType.APPLICATION_JSON_VALUE})
    @Operation(summary = "Change the context of a conversation",
            description = "A JSON Merge Patch (RFC 7396): what is not named stays, null takes out. If-Match: the entity tag of what was read.")
    ResponseEntity<JsonNode> merge(
            @PathVariable long contact,
            @PathVariable long conversation,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(content = @Content(schema = @Schema(type = "object"))) @RequestBody JsonNode patch,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String seen) {
        Context present = find(contact, conversation);
        version(present).require(seen);
        return answer(contexts.merge(contact, conversation, present.tag(), patch.toString())
                .orElseThrow(() -> Version.stale("It was changed in this moment.")));
    }

    private Context find(long contact, long conversation) {
        return contexts.of(contact, conversation)
                .orElseThrow(() -> new Stopped(Fault.of(HttpStatus.NOT_FOUND, "This contact has no such conversation.")));
    }

    private static ResponseEntity<JsonNode> answer(Context context) {
        return version(context).of(context.json());
    }

    private static Version version(Context context) {
        return new Version(context.tag());
    }
}
