package io.serai.proof;

import io.serai.proof.Audit.Finding;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How a siege ended.
 *
 * @param recoveries from the start of a process to the first parcel that arrived
 * @param drains from a SIGTERM to the end of the process
 */
record Outcome(Plan plan, Journal journal, List<Finding> findings, Function<String, String> stories, Duration took, List<Duration> recoveries,
        List<Duration> drains) {

    private static final int STORIES = 3;

    boolean holds() {
        return findings.stream().allMatch(finding -> finding.broken().isEmpty());
    }

    /** One line a promise; for those that are broken, the stories of the first messages. */
    String report() {
        StringBuilder text = new StringBuilder("%s: %d messages accepted, %d parcels arrived, %d blows, %d s\n".formatted(
                plan.name(), journal.accepted().size(), journal.arrivals().size(), journal.blows().size(), took.toSeconds()));
        Map<String, Long> blows = journal.blows().stream().collect(Collectors.groupingBy(Journal.Blow::what, TreeMap::new, Collectors.counting()));
        text.append("  blows         ").append(blows).append('\n');
        text.append("  accepted in   p50 %d ms, p99 %d ms; turned away meanwhile %s\n".formatted(
                acceptedWithin(0.5), acceptedWithin(0.99), new TreeMap<>(journal.refusals())));
        longest(recoveries).ifPresent(longest -> text.append("  first arrival within %d ms of a start\n".formatted(longest)));
        longest(drains).ifPresent(longest -> text.append("  drained within %d ms of SIGTERM\n".formatted(longest)));
        findings.forEach(finding -> text.append("  ").append(finding).append('\n'));
        findings.stream().flatMap(finding -> finding.broken().stream().limit(STORIES)).distinct().map(stories).forEach(text::append);
        return text.toString();
    }

    long acceptedWithin(double share) {
        List<Long> millis = journal.accepted().stream().map(message -> message.took().toMillis()).sorted().toList();
        return millis.isEmpty() ? 0 : millis.get((int) Math.min(millis.size() - 1, Math.floor(millis.size() * share)));
    }

    private static java.util.Optional<Long> longest(Collection<Duration> times) {
        return times.stream().map(Duration::toMillis).max(Long::compare);
    }
}
