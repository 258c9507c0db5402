package io.serai.proof;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.serai.proof.Journal.Accepted;
import io.serai.proof.Journal.Arrival;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** How long people waited, from the yes of a door to the arrival of an answer, in milliseconds. */
final class Waits {

    /** Who wrote within so many seconds of each other found the same crowd. */
    private static final int MOMENT = 10;

    /** Fewer have no median worth the name. */
    private static final int SEVERAL = 3;

    /** @param moment when it was accepted, in tens of seconds */
    private record Wait(String person, long moment, long millis) {}

    private final List<Wait> waits;

    /** @param whose messages are looked at */
    Waits(Journal journal, Predicate<Accepted> whose) {
        this(journal, (message, answered) -> whose.test(message));
    }

    /** @param which are looked at, by message and when it was answered */
    Waits(Journal journal, BiPredicate<Accepted, Instant> which) {
        Map<String, Instant> answered = new HashMap<>();
        for (Arrival arrival : journal.arrivals()) {
            arrival.answered().forEach(number -> answered.putIfAbsent(number, arrival.at()));
        }
        waits = journal.accepted().stream()
                .filter(message -> answered.containsKey(message.number()) && which.test(message, answered.get(message.number())))
                .map(message -> new Wait(message.handle(), message.at().getEpochSecond() / MOMENT,
                        Math.max(0, Duration.between(message.at(), answered.get(message.number())).toMillis())))
                .toList();
    }

    long at(double share) {
        return at(waits.stream().map(Wait::millis).toList(), share);
    }

    /** How much longer somebody had to wait than most of those who wrote at the same moments: the worst of the medians of the people. */
    double unfairness() {
        Map<Long, Long> usual = new HashMap<>();
        waits.stream().collect(groupingBy(Wait::moment, mapping(Wait::millis, toList()))).forEach((moment, times) -> usual.put(moment, at(times, 0.5)));
        return waits.stream()
                .collect(groupingBy(Wait::person, mapping(wait -> 100 * wait.millis() / Math.max(1, usual.get(wait.moment())), toList())))
                .values().stream()
                .filter(percents -> percents.size() >= SEVERAL)
                .mapToDouble(percents -> at(percents, 0.5) / 100.0)
                .max().orElse(1);
    }

    static long at(List<Long> times, double share) {
        List<Long> sorted = times.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.min(sorted.size() - 1, Math.floor(sorted.size() * share)));
    }
}
