package io.serai.web;

import java.util.Optional;

/**
 * What a client has been given of an answer. When an attempt fails and the next begins, nothing can be taken back: the new words go on
 * behind what both have in common, or the stream has to end.
 */
final class Spoken {

    private final StringBuilder given = new StringBuilder();
    private final StringBuilder attempt = new StringBuilder();
    private boolean begun;

    /** An attempt begins. */
    void begin() {
        begun = true;
        attempt.setLength(0);
    }

    /**
     * What can be given now that the attempt has come so far. White space waits for the word behind it: an answer has none at its ends. Of an attempt whose
     * beginning was not heard, as by who asks again for an answer that is being written, nothing is given until it ends.
     */
    String hear(String token) {
        if (!begun) {
            return "";
        }
        attempt.append(token);
        return goOn(attempt.toString().strip()).orElse("");
    }

    /** What is still to be given of the answer, or nothing when it is not the one that was begun. */
    Optional<String> end(String answer) {
        return goOn(answer.strip());
    }

    private Optional<String> goOn(String text) {
        if (!text.startsWith(given.toString())) {
            return Optional.empty();
        }
        String more = text.substring(given.length());
        given.append(more);
        return Optional.of(more);
    }
}
