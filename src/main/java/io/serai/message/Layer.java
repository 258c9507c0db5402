package io.serai.message;

import java.util.List;

/**
 * A slice of memory with a heading and a cost.
 *
 * @param place where in the prompt it stands
 * @param whole whether none of it may be left out, whatever it costs
 * @param lines in the order in which they are told
 * @param budget tokens it was meant to cost; what it leaves, the next ones may spend
 * @param tokens what it costs
 * @param cuts what was left out or shortened, and why
 */
public record Layer(String name, String heading, Place place, boolean whole, int budget, List<Line> lines, int tokens, List<Cut> cuts) {

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
        cuts = List.copyOf(cuts);
    }
}
