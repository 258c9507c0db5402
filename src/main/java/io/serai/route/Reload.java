package io.serai.route;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.serai.Home;
import io.serai.Masked;
import io.serai.think.Tool;
import java.time.Clock;
import java.time.Duration;
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
import org.springframework.core.env.PropertyResolver;
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
    private final RouteSettings settings;
    private final PropertyResolver environment;
    private final Chronicle chronicle;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Traffic traffic;
    private ModelCamelContext camel;
    private Leaving leaving;
    private Succession succession;
    private Roster roster;
    private volatile FileSet found = FileSet.EMPTY;
    private volatile Rehearsal.Verdict running;
    private volatile List<Tool> tools = List.of();

    Reload(Home home, Revisions revisions, RouteSettings settings, DataSource database, ConfigurableApplicationContext hub, Clock clock,
            MeterRegistry meters) {
        this.home = home;
        this.folder = new Folder(home);
        this.settings = settings;
        this.environment = hub.getEnvironment();
        this.rehearsal = new Rehearsal(Beans.of(hub.getBeanFactory()), new ApplicationContextBeanRepository(hub), hub.getEnvironment(), settings,
                database);
        this.chronicle = new Chronicle(revisions, clock, meters);
        this.clock = clock;
        this.meters = meters;
        this.traffic = new Traffic(clock);
    }

    /** The tools that are live: a file that is gone takes its tool with it. */
    List<Tool> tools() {
        return tools;
    }

    /** The files that are live. */
    FileSet running() {
        return running.files();
    }

    /** The files as they lie in the folder. */
    public FileSet read() {
        return folder.read();
    }

    /** The same at little cost, for who watches. */
    FileSet glance() {
        return folder.glance();
    }

    /** What ran last, and what the build of the jar has judged, needs no more than a glance: a start must not take long. */
    Rehearsal.Verdict rehearse(FileSet files, FileSet last) {
        boolean known = last.texts().equals(files.texts()) || folder.isPackaged();
        long begun = System.nanoTime();
        Rehearsal.Verdict verdict = rehearsal.rehearse(files, last, known ? Rehearsal.Depth.GLANCE : last.equals(FileSet.EMPTY)
                ? Rehearsal.Depth.RULES : Rehearsal.Depth.BUILD);
        log.debug("{} files rehearsed in {} ms", files.texts().size(), (System.nanoTime() - begun) / 1_000_000);
        return verdict;
    }

    synchronized void begin(ModelCamelContext context, FileSet files, Rehearsal.Verdict verdict, FileSet last, List<Fault> faults) throws Exception {
        camel = context;
        Resources.limit(camel, settings);
        camel.addRoutePolicyFactory(traffic);
        camel.addRoutePolicyFactory(new Complaints());
        var live = new Live(camel, traffic);
        leaving = new Leaving(live);
        succession = new Succession(camel, live, leaving);
        roster = new Roster(camel, traffic, clock);
        Gauge.builder("serai.routes.leaving", leaving, Leaving::pending).description("Messages under way in former versions of routes")
                .register(meters);
        Gauge.builder("serai.routes.out.of.date", this, reload -> reload.refusal() == null ? 0 : 1)
                .description("1 while the folder holds a refused set").register(meters);
        succession.first(verdict.draft());
        found = files;
        chronicle.began(verdict, files, last, faults);
        goLive(verdict, Set.copyOf(verdict.files().texts().keySet()));
        verdict.warnings().forEach(warning -> log.warn("{}", warning));
    }

    private void goLive(Rehearsal.Verdict verdict, Set<String> anew) {
        Map<String, String> memory = new HashMap<>(verdict.files().texts());
        memory.keySet().removeIf(file -> !file.startsWith("memory/"));
        home.goLive(memory);
        running = verdict;
        tools = ToolFiles.tools(verdict.draft(), camel::resolvePropertyPlaceholders);
        roster.note(succession.filesByRoute(), anew, revision());
    }

    /** Whether the hub is up, so that something can be let to follow. */
    boolean isOpen() {
        return succession != null && running != null && camel.getStatus().isStarted();
    }

    /** Whether the folder is other than when it was looked at the last time. */
    boolean isNews(FileSet files) {
        return !files.equals(found);
    }

    /** What would become of a set. */
    public List<Fault> check(Map<String, String> changes) {
        FileSet files = read();
        for (Map.Entry<String, String> change : changes.entrySet()) {
            files = change.getValue() == null ? files.without(change.getKey()) : files.with(change.getKey(), change.getValue());
        }
        return rehearsal.rehearse(files, running.files(), Rehearsal.Depth.BUILD).all();
    }

    Rehearsal.Verdict judge(FileSet files) {
        return meters.timer("serai.reload.rehearsal").record(() -> rehearsal.rehearse(files, running.files(), Rehearsal.Depth.BUILD));
    }

    /**
     * Puts what lies in the folder to work.
     *
     * @throws SetRefused when it is faulty; what ran runs on
     */
    public Revision apply(String author) {
        return apply(read(), author);
    }

    /** Unless it is another by now, or live already. */
    synchronized void applyIfStill(Rehearsal.Verdict verdict, long begun, String author) {
        if (isNews(verdict.files()) && read().equals(verdict.files())) {
            apply(verdict, begun, author);
        }
    }

    synchronized Revision apply(FileSet files, String author) {
        long begun = System.nanoTime();
        return apply(judge(files), begun, author);
    }

    private Revision apply(Rehearsal.Verdict verdict, long begun, String author) {
        FileSet files = verdict.files();
        String diff = Diff.of(running.files(), files);
        files.unreadable().stream().filter(fault -> fault.warning() && !found.unreadable().contains(fault)).forEach(unread -> log.warn("{}", unread));
        if (!verdict.faults().isEmpty()) {
            throw refuse(files, author, "refused", diff, verdict.faults());
        }
        if (diff.isEmpty()) {
            found = files;
            chronicle.settled();
            return chronicle.current();
        }
        chronicle.replaced(); // or the refusal of the set before would be told of this one while it is put to work
        found = files;
        long rehearsed = System.nanoTime();
        Set<String> affected = Succession.affected(running.draft(), verdict.draft());
        try {
            succession.follow(running.draft(), verdict.draft());
        } catch (Exception unbuildable) {
            Throwable told = Masked.of(unbuildable, Discreet.of(verdict.draft(), environment));
            log.error("The rehearsed set could not be put to work; what ran runs on", told);
            throw refuse(files, author, "failed", diff, List.of(Fault.at(affected.iterator().next(), 1, "could not be put to work: " + told.getMessage(), null)));
        }
        meters.timer("serai.reload.swap").record(Duration.ofNanos(System.nanoTime() - rehearsed));
        return succeeded(verdict, affected, author, diff, (System.nanoTime() - begun) / 1_000_000);
    }

    private Revision succeeded(Rehearsal.Verdict verdict, Set<String> affected, String author, String diff, long millis) {
        Set<String> changed = verdict.files().changedSince(running.files());
        Revision revision = chronicle.applied(author, verdict, diff, millis);
        goLive(verdict, affected);
        log.info("Live after {} ms as revision {} by {}: {}", millis, revision.id(), author, String.join(", ", changed));
        verdict.warnings().stream().filter(warning -> changed.contains(warning.file())).forEach(warning -> log.warn("{}", warning));
        return revision;
    }

    /** An edit from afar that is refused was never written: who made it is told, and the folder is as good as before. */
    private SetRefused refuse(FileSet files, String author, String outcome, String diff, List<Fault> faults) {
        boolean written = files.equals(read());
        if (written) {
            found = files;
        }
        return chronicle.refused(author, outcome, files, diff, faults, written);
    }

    /** What the folder holds instead of what runs, since it was refused; null when it holds what runs, or what nobody has judged yet. */
    public Refusal refusal() {
        Refusal refusal = chronicle.refusal();
        return refusal == null || found.equals(running.files()) || isNews(read()) ? null : refusal;
    }

    public long revision() {
        return chronicle.revision();
    }

    public synchronized List<RouteState> routes() {
        return roster.routes(succession.filesByRoute(), leaving);
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
