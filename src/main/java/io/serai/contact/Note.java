package io.serai.contact;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;

/**
 * What an operator noted about a contact: told to the model in every prompt while it is pinned and not expired, never to the contact.
 *
 * @param conversationId the only conversation in which it holds, or null when it holds in all
 * @param version counts the edits from 1
 */
public record Note(
        long id,
        long contactId,
        Long conversationId,
        Category category,
        String content,
        Priority priority,
        boolean pinned,
        Instant expiresAt,
        String createdBy,
        Instant createdAt,
        Instant updatedAt,
        int version) {

    /** What it is about. */
    public enum Category {
        STRATEGY,
        RELATIONSHIP,
        CONTEXT,
        WARNING,
        OPPORTUNITY;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How soon it is told. */
    public enum Priority {
        HIGH,
        MEDIUM,
        LOW;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Its place in the order in which notes are told; those that are not told come last. */
    public record Place(boolean untold, int priority, long id) {

        /** Before all of them. */
        public static final Place START = new Place(false, 0, 0);
    }

    public Place place() {
        return new Place(!pinned, priority.ordinal() + 1, id);
    }

    /** What an operator writes of it. */
    public record Draft(Long conversationId, Category category, String content, Priority priority, boolean pinned, Instant expiresAt) {}
}
