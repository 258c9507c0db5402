package io.serai.message;

import java.util.Locale;

/** What a person decided about an address; the database keeps the name in lower case. */
public enum Standing {
    /** Nobody decided: the policy of the channel does. */
    NEW,
    ADMITTED,
    REFUSED;

    public static Standing of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The word in tables and APIs. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
