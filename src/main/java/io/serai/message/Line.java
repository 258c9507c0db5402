package io.serai.message;

import java.time.Instant;

/**
 * One line of a layer.
 *
 * @param source where it comes from, as {@code message:42} or {@code note:7}
 * @param role who said it, or null when nobody did
 * @param at when it was said or written, or null
 */
public record Line(String source, Role role, Instant at, String text) {

    /** For errors and logs, which tell no words of anybody. */
    @Override
    public String toString() {
        return "Line[source=%s]".formatted(source);
    }
}
