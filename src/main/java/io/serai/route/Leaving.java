package io.serai.route;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Versions of routes that let nothing in any more and finish what they have. Once all that left together have been idle for a while they are ended,
 * and with them the endpoints that nobody else uses.
 */
final class Leaving {

    private static final Logger log = LoggerFactory.getLogger(Leaving.class);

    /** Somebody may have been about to step in when the door was closed. */
    private static final Duration IDLE = Duration.ofSeconds(2);

    private final Live live;
    private final List<Party> parties = new ArrayList<>();

    private static final class Party {
        private final List<Live.Version> versions;
        private long busyAt = System.nanoTime();

        private Party(List<Live.Version> versions) {
            this.versions = versions;
        }
    }

    Leaving(Live live) {
        this.live = live;
    }

    synchronized void leave(List<Live.Version> versions) {
        if (!versions.isEmpty()) {
            parties.add(new Party(versions));
        }
    }

    /** How much is under way in versions that leave. */
    synchronized int pending() {
        return parties.stream().flatMap(party -> party.versions.stream()).mapToInt(live::pending).sum();
    }

    synchronized int pending(String id) {
        return parties.stream().flatMap(party -> party.versions.stream()).filter(version -> version.id().equals(id)).mapToInt(live::pending).sum();
    }

    synchronized int versions() {
        return parties.stream().mapToInt(party -> party.versions.size()).sum();
    }

    /** Ends those that are done; called now and then. */
    synchronized void look() {
        for (Iterator<Party> all = parties.iterator(); all.hasNext();) {
            Party party = all.next();
            if (party.versions.stream().mapToInt(live::pending).sum() > 0) {
                party.busyAt = System.nanoTime();
            } else if (System.nanoTime() - party.busyAt > IDLE.toNanos()) {
                all.remove();
                end(party);
            }
        }
    }

    /** The hub stops: they get the time that all get; what is not done by then is given back, as with every stop. */
    synchronized void finish(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (pending() > 0 && System.nanoTime() < end) {
                wait(50);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        parties.forEach(this::end);
        parties.clear();
    }

    private void end(Party party) {
        Set<Endpoint> endpoints = new LinkedHashSet<>();
        for (Live.Version version : party.versions) {
            try {
                endpoints.addAll(live.endpoints(version));
                live.end(version);
            } catch (Exception stuck) {
                log.warn("The former version of route {} could not be ended", version.id(), stuck);
            }
        }
        try {
            live.sweep(endpoints, parties.stream().flatMap(other -> other.versions.stream()).toList());
        } catch (Exception stuck) {
            log.warn("Endpoints that nobody uses any more could not be removed", stuck);
        }
    }
}
