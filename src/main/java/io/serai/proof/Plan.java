package io.serai.proof;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a siege is made of.
 *
 * @param hubs on one database; one hub has a database of its own
 * @param people who write, each in a conversation of their own
 * @param perSecond messages
 * @param messages how many in all; with blows, they write until the last one has fallen
 * @param copies each message is handed in 1 to so many times at once
 * @param blows in order, on one hub after the other: a fail point, or a word of {@link Siege}
 * @param weather that the blow of this name brings
 * @param pause how long a frozen hub hangs, a disk is full, an account is locked out, and what {@link Siege#WAIT} waits
 * @param patience how long what was begun may take to come to an end
 * @param settings of the hubs, as environment variables; {@code FAR} in them is the address of the far side
 */
record Plan(String name, int hubs, int people, int perSecond, int messages, int copies, List<String> blows, Weather weather, Duration pause,
        Duration patience, Map<String, String> settings) {

    private static final int NO_END = Integer.MAX_VALUE;

    static Plan of(String name, int hubs, List<String> blows) {
        return new Plan(name, hubs, 60, 20, NO_END, 1, List.copyOf(blows), Weather.FAIR, Duration.ofSeconds(15), Duration.ofMinutes(3), Map.of());
    }

    Plan at(int rate) {
        return new Plan(name, hubs, rate * 3, rate, messages, copies, blows, weather, pause, patience, settings);
    }

    Plan of(int number) {
        return new Plan(name, hubs, people, perSecond, number, copies, blows, weather, pause, patience, settings);
    }

    Plan inCopies(int most) {
        return new Plan(name, hubs, people, perSecond, messages, most, blows, weather, pause, patience, settings);
    }

    Plan in(Weather change) {
        return new Plan(name, hubs, people, perSecond, messages, copies, blows, change, pause, patience, settings);
    }

    Plan pausing(Duration time) {
        return new Plan(name, hubs, people, perSecond, messages, copies, blows, weather, time, patience, settings);
    }

    Plan with(Map<String, String> more) {
        return new Plan(name, hubs, people, perSecond, messages, copies, blows, weather, pause, patience, Map.copyOf(more));
    }
}
