package io.serai.think;

import io.serai.message.Turn;

/**
 * Somebody who listens while an answer is written: a door that can show it token by token. Calls come from the thread that thinks, so they
 * must be quick.
 */
public interface Audience {

    /** Whether anybody waits for the answer to this turn; asked once, before the model is. */
    boolean listens(Turn turn);

    /** Whether it can take back what it showed; who cannot is told nothing that may be no answer, as far as we can know. */
    default boolean takesBack() {
        return true;
    }

    /** An attempt begins, the first one too: what was heard of an earlier one is void. */
    void starts(Turn turn);

    void hears(Turn turn, String token);
}
