package io.serai.route;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.serai.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spring.spi.ApplicationContextBeanRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.stereotype.Component;

/**
 * The set of files that is live, and the one way to another: rehearse, swap what changed, remember. One at a time.
 */
@Component
public class Reload {

    private static final Logger log = LoggerFactory.getLogger(Reload.class);

    private final Home home;
    private final Folder folder;
    private final Rehearsal rehearsal;
    private final Revisions revisions;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Traffic traffic;
    private final Map<String, Birth> births = new HashMap<>();
    private ModelCamelContext camel;
    private Live live;
    private Leaving leaving;
    private Succession succession;
    private volatile FileSet found = FileSet.EMPTY;
    private volatile Rehearsal.Verdict running;
    private volatile Refusal refusal;
    private volatile long revision;

    /** When and in which revision a version of a route came. */
    private record Birth(Instant at, long revision) {}

    Reload(Home home, Revisions revisions, RouteSettings settings, DataSource database, ConfigurableApplicationContext hub, Clock clock, MeterRegistry meters) {
        this.home = home;
        this.folder = new Folder(home);
        this.rehearsal = new Rehearsal(Beans.of(hub.getBeanFactory()), new ApplicationContextBeanRepository(hub), hub.getEnvironment(), settings, database);
        this.revisions = revisions;
        this.clock = clock;
        this.meters = meters;
        this.traffic = new Traffic(clock);
    }

    FileSet read() {
        return folder.read();
    }

    /** Nothing needs to be built to know that what ran last can run. */
    Rehearsal.Verdict rehearse(FileSet files, FileSet last) {
        return rehearsal.rehearse(files, last, !last.equals(FileSet.EMPTY) && !last.texts().equals(files.texts()));
    }

    synchronized void begin(ModelCamelContext context, FileSet files, Rehearsal.Verdict verdict, FileSet last, List<Fault> faults) throws Exception {
        camel = context;
        camel.addRoutePolicyFactory(traffic);
        live = new Live(camel, traffic);
        leaving = new Leaving(live);
        succession = new Succession(camel, live, leaving);
        Gauge.builder("serai.routes.leaving", leaving, Leaving::pending).description("Messages under way in former versions of routes").register(meters);
        Gauge.builder("serai.routes.out.of.date", this, reload -> reload.refusal == null ? 0 : 1).description("1 while the folder holds a refused set").register(meters);
        succession.first(verdict.draft());
        found = files;
        if (!faults.isEmpty()) {
            refusal = new Refusal(clock.instant(), "start", faults);
            revisions.add("start", "refused", files, Diff.of(last, files), faults, 0);
        }
        revision = verdict.files().texts().equals(last.texts())
                ? revisions.lastApplied().map(Revision::id).orElse(0L)
                : revisions.add("start", "applied", verdict.files(), Diff.of(last, verdict.files()), verdict.warnings(), 0);
        goLive(verdict, Set.copyOf(verdict.files().texts().keySet()));
        verdict.warnings().forEach(warning -> log.warn("{}", warning));
    }

    private void goLive(Rehearsal.Verdict verdict, Set<String> anew) {
        Map<String, String> memory = new HashMap<>(verdict.files().texts());
        memory.keySet().removeIf(file -> !file.startsWith("memory/"));
        home.goLive(memory);
        running = verdict;
        var birth = new Birth(clock.instant(), revision);
        Map<String, String> files = succession.filesByRoute();
        births.keySet().retainAll(files.keySet());
        files.forEach((id, file) -> {
            if (anew.contains(file) || !births.containsKey(id)) {
                births.put(id, birth);
            }
        });
    }

    /** Whether the hub is up, so that something can be let to follow. */
    boolean isOpen() {
        return succession != null && running != null && camel.getStatus().isStarted();
    }

    /** Whether the folder is other than when it was looked at the last time. */
    boolean isNews(FileSet files) {
        return !files.equals(found);
    }

    boolean isLive(FileSet files) {
        return refusal == null && files.equals(running.files());
    }

    /** What would become of a set. */
    public List<Fault> check(Map<String, String> changes) {
        FileSet files = read();
        for (Map.Entry<String, String> change : changes.entrySet()) {
            files = change.getValue() == null ? files.without(change.getKey()) : files.with(change.getKey(), change.getValue());
        }
        return rehearsal.rehearse(files, running.files(), true).all();
    }

    List<Fault> faults(FileSet files) {
        return rehearsal.rehearse(files, running.files(), true).faults();
    }

    /**
     * Puts what lies in the folder to work.
     *
     * @throws SetRefused when it is faulty; what ran runs on
     */
    public Revision apply(String author) {
        return apply(read(), author);
    }

    synchronized Revision apply(FileSet files, String author) {
        long begun = System.nanoTime();
        found = files;
        String diff = Diff.of(running.files(), files);
        Rehearsal.Verdict verdict = rehearsal.rehearse(files, running.files(), true);
        meters.timer("serai.reload.rehearsal").record(Duration.ofNanos(System.nanoTime() - begun));
        if (!verdict.faults().isEmpty()) {
            throw refuse(files, author, "refused", diff, verdict.faults());
        }
        if (diff.isEmpty()) {
            refusal = null;
            return revisions.find(revision).orElseThrow();
        }
        long rehearsed = System.nanoTime();
        Set<String> affected = Succession.affected(running.draft(), verdict.draft());
        try {
            succession.follow(running.draft(), verdict.draft());
        } catch (Exception unbuildable) {
            log.error("The rehearsed set could not be put to work; what ran runs on", unbuildable);
            throw refuse(files, author, "failed", diff, List.of(Fault.at(affected.iterator().next(), 1, "could not be put to work: " + unbuildable.getMessage(), null)));
        }
        meters.timer("serai.reload.swap").record(Duration.ofNanos(System.nanoTime() - rehearsed));
        return succeeded(verdict, affected, author, diff, (System.nanoTime() - begun) / 1_000_000);
    }

    private Revision succeeded(Rehearsal.Verdict verdict, Set<String> affected, String author, String diff, long millis) {
        refusal = null;
        revision = revisions.add(author, "applied", verdict.files(), diff, verdict.warnings(), millis);
        Set<String> changed = verdict.files().changedSince(running.files());
        goLive(verdict, affected);
        meters.counter("serai.reloads", "outcome", "applied").increment();
        log.info("Live after {} ms as revision {} by {}: {}", millis, revision, author, String.join(", ", changed));
        verdict.warnings().stream().filter(warning -> changed.contains(warning.file())).forEach(warning -> log.warn("{}", warning));
        return revisions.find(revision).orElseThrow();
    }

    private SetRefused refuse(FileSet files, String author, String outcome, String diff, List<Fault> faults) {
        refusal = new Refusal(clock.instant(), author, faults);
        meters.counter("serai.reloads", "outcome", outcome).increment();
        log.error("Refused, what ran runs on: {} fault(s)\n{}", faults.size(), RouteFiles.told(faults));
        revisions.add(author, outcome, files, diff, faults, 0);
        return new SetRefused(faults);
    }

    /**
     * Writes one file and puts it to work, or does neither.
     *
     * @param text null deletes it
     * @param base the hash of the text that was edited; empty for a file that is new
     * @throws Overtaken when it is another by now
     */
    public synchronized Revision edit(String file, String text, String base, String author) {
        FileSet files = read();
        String present = files.texts().get(file);
        if (!(present == null ? "" : FileSet.hash(present)).equals(base)) {
            throw new Overtaken(Diff.of(present == null ? "" : present, text == null ? "" : text));
        }
        FileSet edited = text == null ? files.without(file) : files.with(file, text);
        Revision applied = apply(edited, author);
        write(file, text);
        found = read();
        return applied;
    }

    /** Writes the files of a revision back and puts them to work, or does neither. */
    public synchronized Revision rollback(Revision former, String author) {
        FileSet files = revisions.files(former);
        Set<String> changed = files.changedSince(read());
        Revision applied = apply(files, author);
        changed.forEach(file -> write(file, files.texts().get(file)));
        found = read();
        return applied;
    }

    private void write(String file, String text) {
        try {
            folder.write(file, text);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(file + " is live, but cannot be written", unwritable);
        }
    }

    /** Whether a file of this path would be one of ours. */
    public static boolean isPath(String file) {
        return Folder.isPath(file);
    }

    /** Whether a file of this path can be written: what the jar carries cannot. */
    public boolean isEditable(String file) {
        return isPath(file) && folder.isWritable(file);
    }

    /** The files as they lie in the folder. */
    public FileSet files() {
        return read();
    }

    public Refusal refusal() {
        return refusal;
    }

    public long revision() {
        return revision;
    }

    public synchronized List<RouteState> routes() {
        List<RouteState> states = new ArrayList<>();
        succession.filesByRoute().forEach((id, file) -> {
            var route = camel.getRoute(id);
            var count = route == null ? new Traffic.Count() : traffic.of(route);
            var birth = births.get(id);
            states.add(new RouteState(id, file, route == null ? null : route.getDescription(), route == null ? null : route.getEndpoint().getEndpointBaseUri(),
                    birth.at(), birth.revision(), String.valueOf(camel.getRouteController().getRouteStatus(id)), count.inFlight(), leaving.pending(id),
                    count.total(), count.failed(), count.last() == null ? null : count.last().at(), count.last() == null ? null : count.last().why()));
        });
        states.sort(java.util.Comparator.comparing(RouteState::id));
        return states;
    }

    void lookAtLeaving() {
        leaving.look();
    }

    /** The hub stops. */
    void end() {
        if (leaving == null) {
            return;
        }
        leaving.finish(Duration.ofSeconds(camel.getShutdownStrategy().getTimeout()));
    }

    /** For scenes: versions of routes that have not left yet. */
    int leavingVersions() {
        return leaving.versions();
    }
}
