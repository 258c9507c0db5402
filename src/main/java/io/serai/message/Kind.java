package io.serai.message;

import java.util.Locale;

/** What a parcel is about, as far as it matters when and by which channel it is sent. */
public enum Kind {
    /** An answer: goes where it was asked. */
    ANSWER,
    /** Nobody asked, and it cannot wait: goes out in quiet hours too. */
    URGENT,
    /** Nobody asked, as with a briefing or a reminder. */
    DAILY,
    /** Nobody asked, but it belongs to a talk. */
    CONVERSATION;

    public static Kind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The word in tables and APIs. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
