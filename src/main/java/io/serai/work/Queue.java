package io.serai.work;

import java.util.Locale;

/** What kinds of work there are. The lower-case name is the path of the endpoint: {@code work:turns}. */
public enum Queue {
    /** Messages that wait for an answer: all that wait in a conversation are taken together and make one turn. */
    TURNS(true),
    /** Parcels to be sent: one by one, a later one never before an earlier one. */
    PARCELS(false),
    /** Replies to be reflected upon, one by one. */
    REFLECTIONS(false);

    private final boolean together;

    Queue(boolean together) {
        this.together = together;
    }

    /** Whether a worker takes all that waits in a lane at once, or only the first. */
    boolean together() {
        return together;
    }

    /** The name in tables, URIs and bells. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Queue of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
