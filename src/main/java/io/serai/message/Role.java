package io.serai.message;

/** Who speaks in a transcript; the database keeps the name in lower case. */
public enum Role {
    USER,
    ASSISTANT,
    SYSTEM,
    TOOL;

    public static Role of(String word) {
        return valueOf(word.toUpperCase(java.util.Locale.ROOT));
    }

    /** The word in tables, layers and APIs. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
