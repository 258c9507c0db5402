package io.serai.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.serai.message.Verdict;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What became of a message. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Fate(
        UUID id,
        @Schema(description = "waiting (for its answer), sending (the answer), answered, dead (a person has to look at it), "
                + "held (a person has to decide about its sender), or suppressed (it is never answered)") State state,
        @Schema(description = "the rule by which it is held or suppressed") String rule,
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
        dead,
        held,
        suppressed;

        /** Of a message that was just accepted. */
        static State of(Verdict verdict) {
            return switch (verdict.fate()) {
                case ANSWERED -> waiting;
                case WAITING -> held;
                case SUPPRESSED -> suppressed;
            };
        }
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
        return new Fate(id, state, rule, channel, receivedAt, acceptedAt, attempts, error,
                reply == null ? null : new Answer(null, reply.author(), reply.at()), parcels, deadLetter);
    }
}
