package io.serai.message;

import java.util.List;

/**
 * A slice of memory with a heading and a cost.
 *
 * @param place where in the prompt it stands
 * @param lines in the order in which they are told
 * @param tokens what it costs
 * @param cut why something was left out, or null when nothing was
 */
public record Layer(String name, String heading, Place place, List<Line> lines, int tokens, String cut) {

    /** Where in a prompt a layer stands: what seldom changes comes first, so that the prefix stays the same from turn to turn, byte by byte. */
    public enum Place {
        /** With the persona, before the talk: notes, profile, facts. */
        PREFIX,
        /** As chat messages with their roles. */
        TALK,
        /** With what was just said: what only bears on this turn. */
        TURN
    }

    public Layer {
        lines = List.copyOf(lines);
    }
}
