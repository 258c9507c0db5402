package io.serai.proof;

import io.serai.proof.Journal.Accepted;
import io.serai.proof.Journal.Arrival;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** How long people waited, from the yes of a door to the arrival of an answer, in milliseconds. */
final class Waits {

    private final Map<String, List<Long>> byPerson = new HashMap<>();

    /** @param whose messages are looked at */
    Waits(Journal journal, Predicate<Accepted> whose) {
        Map<String, Instant> answered = new HashMap<>();
        for (Arrival arrival : journal.arrivals()) {
            arrival.answered().forEach(number -> answered.putIfAbsent(number, arrival.at()));
        }
        journal.accepted().stream()
                .filter(message -> whose.test(message) && answered.containsKey(message.number()))
                .forEach(message -> byPerson.computeIfAbsent(message.handle(), first -> new ArrayList<>())
                        .add(Math.max(0, Duration.between(message.at(), answered.get(message.number())).toMillis())));
    }

    long at(double share) {
        return at(byPerson.values().stream().flatMap(List::stream).toList(), share);
    }

    /** How much longer than most somebody had to wait who wrote as the others did: the longest median wait of a person, by the median of all such. */
    double unfairness() {
        List<Long> medians = byPerson.values().stream().map(times -> at(times, 0.5)).toList();
        return (double) at(medians, 1) / Math.max(1, at(medians, 0.5));
    }

    static long at(List<Long> times, double share) {
        List<Long> sorted = times.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.min(sorted.size() - 1, Math.floor(sorted.size() * share)));
    }
}
