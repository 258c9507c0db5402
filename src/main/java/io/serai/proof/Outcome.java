package io.serai.proof;

import io.serai.proof.Audit.Finding;
import io.serai.proof.Journal.Accepted;
import io.serai.proof.Journal.Blow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How a siege ended.
 *
 * @param recoveries from the start of a process to the first work it did: a model was asked, or a parcel arrived
 * @param resumptions from a blow that left the process alive, or its end, to the first parcel that arrived
 * @param drains from a SIGTERM to the end of the process
 * @param peakMemory the most memory a hub had, in megabytes; 0 where the machine does not tell
 */
record Outcome(Plan plan, Journal journal, List<Finding> findings, Function<String, String> stories, Duration took, List<Duration> recoveries,
        List<Duration> resumptions, List<Duration> drains, long peakMemory) {

    private static final int STORIES = 3;

    boolean holds() {
        return findings.stream().allMatch(finding -> finding.broken().isEmpty());
    }

    /** One line a promise; for those that are broken, the stories of the first messages. */
    String report() {
        StringBuilder text = new StringBuilder("%s: %d messages accepted, %d parcels arrived, %d blows, %d s\n".formatted(
                plan.name(), journal.accepted().size(), journal.arrivals().size(), journal.blows().size(), took.toSeconds()));
        text.append("  ").append(blows()).append('\n');
        remarks().forEach(remark -> text.append("  ").append(remark).append('\n'));
        findings.forEach(finding -> text.append("  ").append(finding).append('\n'));
        findings.stream().flatMap(finding -> finding.broken().stream().limit(STORIES)).distinct().map(stories).forEach(text::append);
        return text.toString();
    }

    /** The same as a row of a table: blows, messages, what is broken of each promise, and remarks. */
    String row() {
        String broken = findings.stream().map(finding -> finding.broken().size() + (finding.promise().equals("unknown") ? " of " + finding.of() : ""))
                .collect(Collectors.joining(" | "));
        return "| %s | %s | %d | %s | %s; %d s in all |".formatted(
                plan.name(), blows(), journal.accepted().size(), broken, String.join("; ", remarks()), took.toSeconds());
    }

    /** What stands above {@link #row()}. */
    String head() {
        String promises = findings.stream().map(Finding::promise).collect(Collectors.joining(" | "));
        return "| test | blows | accepted | " + promises + " | |\n|---|---|---|" + "---|".repeat(findings.size() + 1);
    }

    long acceptedWithin(double share) {
        return acceptedWithin(share, Duration.ZERO);
    }

    /** @param begun messages accepted so soon after the first do not count: hubs that have just started are slow for a while */
    long acceptedWithin(double share, Duration begun) {
        Instant from = journal.accepted().stream().findFirst().map(Accepted::at).orElse(Instant.EPOCH).plus(begun);
        return Waits.at(journal.accepted().stream().filter(message -> !message.at().isBefore(from)).map(message -> message.took().toMillis()).toList(), share);
    }

    /** Among people who write alike; bad weather aside. */
    double unfairness() {
        return new Waits(journal, message -> message.handle().startsWith("k")).unfairness();
    }

    private String blows() {
        Map<String, Long> blows = journal.blows().stream().collect(Collectors.groupingBy(Blow::what, TreeMap::new, Collectors.counting()));
        return blows.isEmpty() ? "no blows" : blows.entrySet().stream().map(blow -> blow.getValue() + " x " + blow.getKey()).collect(Collectors.joining(", "));
    }

    private List<String> remarks() {
        List<String> all = new ArrayList<>();
        all.add("accepted in p50 %d ms, p99 %d ms; turned away %s".formatted(acceptedWithin(0.5), acceptedWithin(0.99), turnedAway()));
        all.add("answered in p50 %d ms, p95 %d ms".formatted(answered().at(0.5), answered().at(0.95)));
        journal.blows().stream().filter(blow -> blow.what().equals(Siege.WEATHER)).findFirst().ifPresent(blow -> all.add(weather(blow.at())));
        tell(all, recoveries, "first work after a start of the process");
        tell(all, resumptions, "first arrival after a blow to what it needs");
        tell(all, drains, "drained after SIGTERM");
        if (peakMemory > 0) {
            all.add("most memory of a hub " + peakMemory + " MB");
        }
        return all;
    }

    private String turnedAway() {
        return journal.refusals().isEmpty() ? "never" : new TreeMap<>(journal.refusals()).entrySet().stream()
                .map(refusal -> refusal.getValue() + " times " + (refusal.getKey() == 0 ? "by nobody there" : "with " + refusal.getKey()))
                .collect(Collectors.joining(", "));
    }

    private Waits answered() {
        return new Waits(journal, message -> true);
    }

    private String weather(Instant change) {
        Waits before = new Waits(journal, message -> message.at().isBefore(change) && !Weather.meets(message.handle()));
        Instant over = journal.blows().stream().map(Blow::at).filter(change::isBefore).findFirst().orElse(Instant.MAX);
        Waits after = new Waits(journal, (message, answered) -> message.at().isAfter(change) && message.at().isBefore(over)
                && !Weather.meets(message.handle()) && !plan.weather().pausesWithin(message.at(), answered));
        return "those whom it did not meet were answered in p95 %d ms before and %d ms during it".formatted(before.at(0.95), after.at(0.95));
    }

    private static void tell(List<String> all, List<Duration> times, String what) {
        List<Long> millis = times.stream().map(Duration::toMillis).toList();
        if (!millis.isEmpty()) {
            all.add("%s p50 %.1f s, at most %.1f s".formatted(what, Waits.at(millis, 0.5) / 1e3, Waits.at(millis, 1) / 1e3));
        }
    }
}
