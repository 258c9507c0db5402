package io.serai.contact;

import io.serai.message.Refused;

/** Too many wrong codes within a minute, whoever tried them. */
public class GuessedTooOften extends Refused {

    GuessedTooOften() {
        super("Too many wrong codes. Try again in a minute.");
    }
}
