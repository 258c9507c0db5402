package io.serai.route;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** What was put to work and what was refused, and whether the folder holds a refused set. What runs does not depend on whether it can be written down. */
final class Chronicle {

    private static final Logger log = LoggerFactory.getLogger(Chronicle.class);

    private final Revisions revisions;
    private final Clock clock;
    private final MeterRegistry meters;
    private volatile Refusal refusal;
    private volatile long revision;

    Chronicle(Revisions revisions, Clock clock, MeterRegistry meters) {
        this.revisions = revisions;
        this.clock = clock;
        this.meters = meters;
    }

    /** The set of the folder that was refused last; null since one went live. */
    Refusal refusal() {
        return refusal;
    }

    /** The number of the set that is live. */
    long revision() {
        return revision;
    }

    Revision current() {
        return revisions.find(revision).orElseThrow();
    }

    /**
     * The hub has started.
     *
     * @param found what lay in the folder
     * @param last what ran before
     * @param faults of what was found; what runs is then another set
     */
    void began(Rehearsal.Verdict running, FileSet found, FileSet last, List<Fault> faults) {
        if (!faults.isEmpty()) {
            refusal = new Refusal(clock.instant(), "start", faults);
            keep("start", "refused", found, Diff.of(last, found), faults, 0);
        }
        revision = running.files().texts().equals(last.texts())
                ? revisions.lastApplied().map(Revision::id).orElse(0L)
                : keep("start", "applied", running.files(), Diff.of(last, running.files()), running.warnings(), 0);
    }

    /** The folder holds what runs again. */
    void settled() {
        if (refusal != null) {
            log.info("The folder holds what runs again: nothing is refused any more");
        }
        refusal = null;
    }

    /** The folder holds another set, which nobody refused. */
    void replaced() {
        refusal = null;
    }

    Revision applied(String author, Rehearsal.Verdict verdict, String diff, long millis) {
        refusal = null;
        revision = remember(author, "applied", verdict.files(), diff, verdict.warnings(), millis);
        return new Revision(revision, clock.instant(), author, "applied", verdict.files().manifest(), diff, verdict.warnings(), (int) millis);
    }

    /** @param written whether the folder holds it */
    SetRefused refused(String author, String outcome, FileSet files, String diff, List<Fault> faults, boolean written) {
        if (written) {
            refusal = new Refusal(clock.instant(), author, faults);
        }
        log.error("Refused, what ran runs on: {} fault(s)\n{}", faults.size(), RouteFiles.told(faults));
        remember(author, outcome, files, diff, faults, 0);
        return new SetRefused(faults);
    }

    private long remember(String author, String outcome, FileSet files, String diff, List<Fault> faults, long millis) {
        meters.counter("serai.reloads", "outcome", outcome).increment();
        return keep(author, outcome, files, diff, faults, millis);
    }

    private long keep(String author, String outcome, FileSet files, String diff, List<Fault> faults, long millis) {
        try {
            return revisions.add(author, outcome, files, diff, faults, millis);
        } catch (DataAccessException | TransactionException away) {
            log.error("This change is missing in the history, since the database is away: {}", away.getMessage());
            return revision;
        }
    }
}
