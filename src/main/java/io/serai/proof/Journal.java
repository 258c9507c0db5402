package io.serai.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the world outside the hub saw: what was accepted, what arrived, and what was done to the hub. The hub cannot write in it. */
final class Journal {

    /** The number of a message: its conversation, and its place in it. */
    static final Pattern NUMBER = Pattern.compile("\\b[kpx]\\d+-\\d+\\b");

    /**
     * A message that a door said yes to.
     *
     * @param number as in {@link #NUMBER}
     * @param deliveries how often it was handed in until then, those included that nobody answered
     * @param took from the delivery that was accepted to the yes
     */
    record Accepted(String number, Instant at, int deliveries, Duration took) {

        String handle() {
            return Journal.handle(number);
        }
    }

    /**
     * What reached the far side.
     *
     * @param once whether the far side takes the same parcel twice for two messages
     */
    record Arrival(Instant at, long parcel, String handle, String text, boolean once) {

        /** The messages it answers. */
        List<String> answered() {
            return NUMBER.matcher(text).results().map(found -> found.group()).distinct().toList();
        }
    }

    /**
     * Something that was done to the hub.
     *
     * @param over when it ended; most last no time
     * @param hard whether what was in the middle of being sent had no time to come to an end
     */
    record Blow(Instant at, Instant over, String what, boolean hard) {}

    private final Set<String> said = ConcurrentHashMap.newKeySet();
    private final Map<String, Accepted> accepted = new ConcurrentHashMap<>();
    private final Queue<Instant> questions = new ConcurrentLinkedQueue<>();
    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private final Queue<Blow> blows = new ConcurrentLinkedQueue<>();
    private final Map<Integer, Integer> refusals = new ConcurrentHashMap<>();

    /** Somebody begins to hand in a message. */
    void said(String number) {
        said.add(number);
    }

    /** The first yes counts. */
    void accepted(Accepted message) {
        accepted.putIfAbsent(message.number(), message);
    }

    /** A model was asked: somebody had taken up a turn. */
    void asked() {
        questions.add(Instant.now());
    }

    void arrived(Arrival arrival) {
        arrivals.add(arrival);
    }

    void struck(Blow blow) {
        blows.add(blow);
    }

    /** The door said no, and how. */
    void refused(int status) {
        refusals.merge(status, 1, Integer::sum);
    }

    List<Accepted> accepted() {
        return accepted.values().stream().sorted(Comparator.comparing(Accepted::at)).toList();
    }

    /** The numbers of those to which no door has said yes. */
    List<String> waiting() {
        return said.stream().filter(number -> !accepted.containsKey(number)).sorted().toList();
    }

    int size() {
        return accepted.size();
    }

    /** In the order in which they came. */
    List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    List<Blow> blows() {
        return List.copyOf(blows);
    }

    Map<Integer, Integer> refusals() {
        return Map.copyOf(refusals);
    }

    /** When work was taken up again. */
    Optional<Instant> firstWorkAfter(Instant time) {
        return Stream.concat(questions.stream(), arrivals.stream().map(Arrival::at)).filter(time::isBefore).min(Comparator.naturalOrder());
    }

    Optional<Arrival> firstArrivalAfter(Instant time) {
        return arrivals.stream().filter(arrival -> arrival.at().isAfter(time)).findFirst();
    }

    static String handle(String number) {
        return number.substring(0, number.indexOf('-'));
    }
}
