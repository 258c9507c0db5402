package io.serai.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A model asks for something while it thinks. For whom, the turn says; what the model wrote is hostile, and says nothing about that.
 *
 * @param tool the name of a tool there is
 * @param arguments by the names of its parameters; {@code take} checks each
 */
public record Call(Turn turn, String tool, Map<String, Object> arguments) {

    public Call {
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }

    /** For errors and logs, which tell no words of anybody. */
    @Override
    public String toString() {
        return "Call[turn=%s, tool=%s]".formatted(turn, tool);
    }
}
