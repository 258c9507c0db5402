package io.serai.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What became of a message. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Fate(
        UUID id,
        @Schema(description = "waiting (for its answer), sending (the answer), answered, or dead (a person has to look at it)") State state,
        String channel,
        @Schema(description = "when it was said, as far as the channel tells") Instant receivedAt,
        @Schema(description = "when it was stored") Instant acceptedAt,
        @Schema(description = "how often answering it was tried, while it waits") Integer attempts,
        @Schema(description = "what stopped the last try, while it waits") String error,
        Answer reply,
        List<Piece> parcels,
        Letter deadLetter) {

    enum State {
        waiting,
        sending,
        answered,
        dead
    }

    /** @param text Markdown; null for who may not read what people are told */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answer(String text, String author, Instant at) {}

    /** One part of the reply on its way. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Piece(int part, String channel, String state, Integer attempts, Instant sentAt) {}

    record Letter(String reason, int attempts, boolean mayHaveArrived, Instant diedAt) {}

    /** The same for who sees what happens, but not what people are told. */
    Fate withoutText() {
        return new Fate(id, state, channel, receivedAt, acceptedAt, attempts, error,
                reply == null ? null : new Answer(null, reply.author(), reply.at()), parcels, deadLetter);
    }
}
