package io.serai.proof;

import io.serai.proof.Journal.Blow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** The hubs of a siege: which of them can be spoken to, and how long they took to come, to go and to go on. */
final class Garrison implements AutoCloseable {

    private static final Duration RECOVERS_WITHIN = Duration.ofMinutes(2);

    private final List<Hub> hubs;
    private final Journal journal;
    private final List<Hub> open = new CopyOnWriteArrayList<>();
    private final List<Duration> recoveries = new CopyOnWriteArrayList<>();
    private final List<Duration> resumptions = new CopyOnWriteArrayList<>();
    private final List<Duration> drains = new CopyOnWriteArrayList<>();

    Garrison(List<Hub> hubs, Journal journal) {
        this.hubs = hubs;
        this.journal = journal;
    }

    Hub hub(int number) {
        return hubs.get(number % hubs.size());
    }

    int size() {
        return hubs.size();
    }

    List<Hub> open() {
        return open;
    }

    /** From the start of a process to the first work it did. */
    List<Duration> recoveries() {
        return recoveries;
    }

    /** From a blow to the database, or the end of another one that left the process alive, to the first parcel that arrived after it. */
    List<Duration> resumptions() {
        return resumptions;
    }

    /** From a SIGTERM to the end of the process. */
    List<Duration> drains() {
        return drains;
    }

    /** The most memory that a hub of them had, in megabytes. */
    long peakMemory() {
        return hubs.stream().mapToLong(Hub::peakMemory).max().orElse(0);
    }

    void start(Hub hub, String failpoint) {
        open.add(hub);
        hub.start(failpoint);
        if (failpoint.isEmpty() && hubs.size() == 1 && !journal.accepted().isEmpty()) { // of two, the other one would answer
            Instant since = hub.startedAt();
            await("hub " + hub.name() + " takes up work", () -> journal.firstWorkAfter(since).isPresent() || !hub.isAlive());
            journal.firstWorkAfter(since).ifPresent(first -> recoveries.add(Duration.between(since, first)));
        }
    }

    void kill(Hub hub, String what) {
        hub.kill();
        fell(hub, what);
    }

    void fell(Hub hub, String what) {
        open.remove(hub);
        struck(what, true);
    }

    void terminate(Hub hub, String what) {
        open.remove(hub);
        drains.add(hub.terminate());
        struck(what, false);
    }

    void freeze(Hub hub, String what, Duration time) {
        open.remove(hub);
        Instant since = Instant.now();
        hub.signal("STOP");
        Patience.wait(time, () -> false);
        hub.signal("CONT");
        struck(what, true, since);
        open.add(hub);
        goesOn(what, Instant.now(), Instant.now());
    }

    /** @param hard whether what was in the middle of being sent had no time to come to an end */
    void struck(String what, boolean hard) {
        struck(what, hard, Instant.now());
    }

    /** What began at a time ends now. */
    void struck(String what, boolean hard, Instant since) {
        journal.struck(new Blow(since, Instant.now(), what, hard));
    }

    /**
     * Waits for the first parcel.
     *
     * @param since from when on the time counts
     * @param over when nothing is in its way any more
     */
    void goesOn(String after, Instant since, Instant over) {
        await("it goes on after " + after, () -> journal.firstArrivalAfter(over).isPresent());
        resumptions.add(Duration.between(since, journal.firstArrivalAfter(over).orElseThrow().at()));
    }

    /** Nobody has died who had no reason to; who is to meet a fail point has one. */
    void live(String after) {
        hubs.stream().filter(hub -> !hub.isAlive() && hub.failpoint().isEmpty()).findFirst().ifPresent(dead -> {
            throw new IllegalStateException("hub " + dead.name() + " died by itself during " + after + ":\n" + dead.lastWords());
        });
    }

    void await(String what, BooleanSupplier condition) {
        if (!Patience.wait(RECOVERS_WITHIN, condition)) {
            throw new IllegalStateException("waited in vain: " + what + "\n" + hubs.getFirst().lastWords());
        }
    }

    @Override
    public void close() {
        hubs.forEach(Hub::close);
    }
}
