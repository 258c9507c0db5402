package io.serai.route;

import io.serai.Failpoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Lets the next version of what changed follow the one that runs.
 *
 * <p>The new routes are built whole beside the old ones, without their consumers. Then, route by route, the old one is closed and the new one opened,
 * which takes a moment; who calls {@code direct:} meanwhile waits that moment. What is under way in the old ones goes on there and ends there,
 * however long it takes. What did not change is not touched.
 */
final class Succession {

    private final ModelCamelContext camel;
    private final Live live;
    private final Leaving leaving;

    /** What each file has put into Camel. */
    private final Map<String, Part> parts = new TreeMap<>();

    Succession(ModelCamelContext camel, Live live, Leaving leaving) {
        this.camel = camel;
        this.live = live;
        this.leaving = leaving;
    }

    /** Puts a first set to work, before Camel starts. */
    void first(Draft draft) throws Exception {
        // A timer whose last date has gone by is told of, and hinders no start; the starter of Camel's Quartz has no setting for it.
        camel.getComponent("quartz", QuartzComponent.class).setIgnoreExpiredNextFireTime(true);
        for (String file : order(draft.documents().keySet(), draft)) {
            Part.load(camel, file, draft.files().texts().get(file), false, part -> parts.put(file, part));
        }
    }

    Map<String, String> filesByRoute() {
        Map<String, String> files = new HashMap<>();
        parts.forEach((file, part) -> part.routes().forEach(id -> files.put(id, file)));
        return files;
    }

    /**
     * Which files must be built anew: those that changed, those that use a Kamelet that did, and all when something that concerns all did.
     */
    static Set<String> affected(Draft before, Draft after) {
        Set<String> changed = new TreeSet<>(after.files().changedSince(before.files()));
        changed.removeIf(file -> file.startsWith("memory/"));
        Set<String> kamelets = new TreeSet<>();
        changed.stream().filter(file -> file.startsWith("processors/")).forEach(file -> kamelets.add(kamelet(file)));
        Set<String> affected = new TreeSet<>(changed);
        affected.addAll(before.usersOf(kamelets));
        affected.addAll(after.usersOf(kamelets));
        for (Draft draft : List.of(before, after)) {
            draft.kameletsOver(kamelets).stream().filter(draft.kamelets()::containsKey)
                    .forEach(name -> affected.add(draft.kamelets().get(name).file()));
        }
        if (changed.stream().anyMatch(file -> before.configures(file) || after.configures(file))) {
            affected.addAll(after.documents().keySet());
        }
        return affected;
    }

    /**
     * Lets a set follow another.
     *
     * @throws Exception when it could not be built; what ran goes on
     */
    void follow(Draft before, Draft after) throws Exception {
        Set<String> affected = affected(before, after);
        if (affected.isEmpty()) {
            return;
        }
        Map<String, Live.Version> old = new LinkedHashMap<>();
        affected.forEach(file -> routes(file).forEach(id -> live.version(id).ifPresent(version -> old.put(id, version))));
        Set<String> kamelets = new TreeSet<>();
        affected.stream().filter(file -> file.startsWith("processors/")).forEach(file -> kamelets.add(kamelet(file)));
        List<Live.Version> inner = setAside(old, kamelets);
        try {
            replace(affected, after);
            open(affected, old, inner);
        } catch (Exception unusable) {
            takeBack(affected, kamelets, before, old, inner);
            throw unusable;
        }
        List<Live.Version> all = new ArrayList<>(old.values());
        all.addAll(inner);
        leaving.leave(all);
    }

    /** The old versions are closed or about to be: twins of them are built from the old text, and follow them instead. */
    private void takeBack(Set<String> affected, Set<String> kamelets, Draft before, Map<String, Live.Version> old,
            List<Live.Version> inner) throws Exception {
        List<Live.Version> all = new ArrayList<>(old.values());
        all.addAll(abandon(affected));
        List<Live.Version> within = new ArrayList<>(inner);
        within.addAll(setAside(Map.of(), kamelets));
        replace(affected, before);
        open(affected, old, within);
        all.addAll(within);
        leaving.leave(all);
    }

    /** Makes room under the names of what is to be replaced; it goes on for now. */
    private List<Live.Version> setAside(Map<String, Live.Version> old, Set<String> kamelets) {
        List<KameletEndpoint> uses = live.detachKamelets(kamelets);
        List<Live.Version> inner = new ArrayList<>();
        uses.forEach(use -> live.version(use.getRouteId()).ifPresent(inner::add));
        inner.forEach(live::detach);
        old.values().forEach(live::detach);
        return inner;
    }

    private void replace(Set<String> affected, Draft draft) throws Exception {
        for (String file : affected) {
            Part part = parts.remove(file);
            if (part != null) {
                camel.getRouteTemplateDefinitions().removeAll(part.kamelets());
                camel.getRouteConfigurationDefinitions().removeAll(part.configurations());
                part.routes().forEach(live::forget);
            }
        }
        for (String file : order(affected, draft)) {
            String text = draft.files().texts().get(file);
            if (text != null) {
                Part.load(camel, file, text, true, part -> parts.put(file, part));
            }
        }
    }

    /**
     * Closes what was built and opened, and stops what was built and never opened.
     *
     * @return what was opened, and may have let somebody in
     */
    private List<Live.Version> abandon(Set<String> affected) {
        List<Live.Version> opened = new ArrayList<>();
        for (String id : affected.stream().flatMap(file -> routes(file).stream()).toList()) {
            var route = camel.getRoute(id);
            live.version(id).ifPresentOrElse(version -> {
                live.close(version);
                live.detach(version);
                opened.add(version);
            }, () -> {
                live.forget(id);
                if (route != null) {
                    camel.getCamelContextExtension().removeRoute(route);
                    ServiceHelper.stopAndShutdownServices(route.getServices());
                }
            });
        }
        return opened;
    }

    private void open(Set<String> affected, Map<String, Live.Version> old, List<Live.Version> inner) throws Exception {
        List<String> fresh = new ArrayList<>();
        Set<String> resting = new TreeSet<>();
        for (String file : affected) {
            fresh.addAll(routes(file));
            resting.addAll(parts.containsKey(file) ? parts.get(file).resting() : Set.of());
        }
        old.values().stream().filter(version -> !fresh.contains(version.id())).forEach(live::close);
        inner.stream().filter(version -> !Live.isCalled(version)).forEach(live::close);
        for (String id : fresh) {
            if (old.containsKey(id)) {
                live.close(old.get(id));
                Failpoint.RELOAD_SWAP.reached();
            }
            if (!resting.contains(id)) {
                live.open(id);
            }
        }
    }

    private List<String> routes(String file) {
        return parts.containsKey(file) ? parts.get(file).routes() : List.of();
    }

    /** Kamelets before those who use them, configurations before those they configure. */
    private static List<String> order(Set<String> files, Draft draft) {
        return files.stream().sorted(Comparator.comparing((String file) -> !file.startsWith("processors/")).thenComparing(file -> !draft.configures(file))
                .thenComparing(file -> file)).toList();
    }

    private static String kamelet(String file) {
        return file.substring(file.lastIndexOf('/') + 1).replace(".kamelet.yaml", "");
    }
}
