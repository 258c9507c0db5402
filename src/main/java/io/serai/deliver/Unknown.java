package io.serai.deliver;

import java.util.Locale;

/** What a channel does with a parcel of which nobody knows whether it arrived. */
enum Unknown {
    /** Keeps it for a person. */
    HOLD,
    /** Sends it once more. */
    RESEND;

    static Unknown of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
