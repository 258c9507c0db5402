package io.serai.route;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Puts the files to work when the hub starts. One that cannot be is replaced by what ran last under its name, or left out; only when the hub could
 * not hear, answer or deliver without it, it does not start.
 */
@Component
class RouteFiles implements CamelContextConfiguration {

    private static final Logger log = LoggerFactory.getLogger(RouteFiles.class);

    private final Reload reload;
    private final Revisions revisions;

    RouteFiles(Reload reload, Revisions revisions) {
        this.reload = reload;
        this.revisions = revisions;
    }

    @Override
    public void beforeApplicationStart(CamelContext context) {
        FileSet last = revisions.lastApplied().map(revisions::files).orElse(FileSet.EMPTY);
        FileSet found = reload.read();
        Rehearsal.Verdict verdict = reload.rehearse(found, last);
        List<Fault> faults = verdict.faults();
        if (!faults.isEmpty()) {
            log.error("The folder holds {} fault(s):\n{}", faults.size(), told(faults));
            verdict = without(verdict, last);
        }
        try {
            reload.begin((ModelCamelContext) context, found, verdict, last, faults);
            Customs.inspect(context, ((ModelCamelContext) context).getRouteDefinitions());
        } catch (RoutesUnusable leaky) {
            throw leaky;
        } catch (Exception unusable) {
            throw new RoutesUnusable("routes and processors", unusable);
        }
    }

    @Override
    public void afterApplicationStart(CamelContext context) {}

    /** Replaces or leaves out what is faulty, and then what is faulty without it. */
    private Rehearsal.Verdict without(Rehearsal.Verdict first, FileSet last) {
        Rehearsal.Verdict verdict = first;
        Set<String> replaced = new TreeSet<>();
        while (!verdict.faults().isEmpty()) {
            FileSet files = verdict.files();
            for (String bad : verdict.faults().stream().map(Fault::file).collect(Collectors.toCollection(TreeSet::new))) {
                String former = last.texts().get(bad);
                if (former != null && replaced.add(bad)) {
                    log.error("{} runs as it ran last, not as it lies in the folder", bad);
                    files = files.with(bad, former);
                } else if ((Spine.holds(bad) || !isIn(files, bad)) && !last.equals(FileSet.EMPTY) && replaced.add("")) {
                    log.error("It cannot be said which file is to blame: all of them run as they ran last");
                    files = last;
                    break;
                } else if (Spine.holds(bad) || !isIn(files, bad)) {
                    throw new RoutesUnusable("routes and processors", new SetRefused(verdict.faults()));
                } else {
                    log.error("{} is left out: nothing is known that ran under this name", bad);
                    files = files.without(bad);
                }
            }
            verdict = reload.rehearse(files, last);
        }
        return verdict;
    }

    private static boolean isIn(FileSet files, String file) {
        return files.texts().containsKey(file) || files.unreadable().stream().anyMatch(fault -> fault.file().equals(file));
    }

    static String told(List<Fault> faults) {
        return faults.stream().map(fault -> "  " + fault).collect(Collectors.joining("\n"));
    }
}
