package io.serai.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.serai.contact.Note;
import io.serai.profile.Commitments;
import io.serai.profile.Profiles;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;

/**
 * What staff see of a contact.
 *
 * @param profile what is known, each fact with the message it comes from
 * @param commitments what was promised and is not done, by us and by them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Dossier(
        Person contact,
        List<Way> addresses,
        List<Talk> conversations,
        List<Profiles.Known> profile,
        List<Note> notes,
        List<Commitments.Commitment> commitments) {

    /**
     * @param handles where they are reached, as {@code telegram:4711}: many have no name
     * @param heardAt when they said something last, or null
     * @param mergedInto who this one turned out to be, or null; what was theirs is that one's now
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Person(long id, String name, List<String> handles, String timeZone, Instant knownSince, Instant heardAt, Instant dormantAt, Long mergedInto) {}

    /** @param stopped why it takes nothing more, or null */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Way(long id, String channel, String account, String handle, String standing, String stopped) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Talk(long id, String key, long messages, Instant lastAt, String summary) {}

    /**
     * Something that happened with a contact.
     *
     * @param kind message | tool | remembered | note | profile | change | commitment | summary
     * @param id the message under the name that outsiders may know, or the number of what else it is
     * @param who the role of who said it, the name of the tool, or who wrote it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Event(Instant at, String kind, String id, String who, String channel, String text) {

        Mark mark() {
            return new Mark(at, kind, id);
        }
    }

    /** A place in a timeline, as a word for the next page. */
    record Mark(Instant at, String kind, String id) {

        static Mark of(String word) {
            String[] parts = word.split("/", 3);
            try {
                return new Mark(Instant.parse(parts[0]), parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "");
            } catch (DateTimeParseException malformed) {
                throw Page.strayed("before, if it is no time as 2026-01-31T12:00:00Z,");
            }
        }

        String word() {
            return at + "/" + kind + "/" + id;
        }
    }

    /**
     * What the model saw when it wrote a reply.
     *
     * @param frame the prompt: layers with their lines, costs and cuts, and the messages as the model got them
     */
    record Seen(UUID reply, String author, Instant at, long contact, JsonNode frame) {}
}
