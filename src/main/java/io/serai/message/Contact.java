package io.serai.message;

import java.time.ZoneId;

/**
 * A person we know.
 *
 * @param name what they are called, or null while we have not been told
 * @param zone their time zone, or that of the hub while we do not know it
 */
public record Contact(long id, String name, ZoneId zone) {

    /** For errors and logs, which tell no words of anybody. */
    @Override
    public String toString() {
        return "Contact[id=%d]".formatted(id);
    }
}
