package io.serai.route;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;

/** Which routes run, since when, and what passes them. */
final class Roster {

    private final CamelContext camel;
    private final Traffic traffic;
    private final Clock clock;
    private final Map<String, Birth> births = new HashMap<>();

    /** When and in which revision a version of a route came. */
    private record Birth(Instant at, long revision) {}

    Roster(CamelContext camel, Traffic traffic, Clock clock) {
        this.camel = camel;
        this.traffic = traffic;
        this.clock = clock;
    }

    /**
     * @param files the file of each route that runs
     * @param anew the files whose routes are new
     */
    void note(Map<String, String> files, Set<String> anew, long revision) {
        var birth = new Birth(clock.instant(), revision);
        births.keySet().retainAll(files.keySet());
        files.forEach((id, file) -> births.merge(id, birth, (old, now) -> anew.contains(file) ? now : old));
    }

    List<RouteState> routes(Map<String, String> files, Leaving leaving) {
        return files.keySet().stream().sorted().map(id -> route(id, files.get(id), leaving.pending(id))).toList();
    }

    private RouteState route(String id, String file, int leaving) {
        Route route = camel.getRoute(id);
        Birth birth = births.get(id);
        String state = String.valueOf(camel.getRouteController().getRouteStatus(id));
        if (route == null) {
            return new RouteState(id, file, null, null, birth.at(), birth.revision(), state, 0, leaving, 0, 0, null, null);
        }
        Traffic.Count count = traffic.of(route);
        Traffic.Failure last = count.last();
        return new RouteState(id, file, route.getDescription(), route.getEndpoint().getEndpointBaseUri(), birth.at(), birth.revision(), state,
                count.inFlight(), leaving, count.total(), count.failed(), last == null ? null : last.at(), last == null ? null : last.why());
    }
}
