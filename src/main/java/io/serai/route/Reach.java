package io.serai.route;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** What a message of a route passes: the route itself, the routes and Kamelets it calls, and what these call. */
final class Reach {

    private static final Set<String> INDOORS = Set.of("direct", "seda");

    private final Draft draft;
    private final Set<Item> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Item, List<Use>> parts = new LinkedHashMap<>();

    private Reach(Draft draft) {
        this.draft = draft;
    }

    /** @param told of each, and the endpoints it uses */
    static void of(Draft draft, Draft.Route route, BiConsumer<Item, List<Use>> told) {
        var reach = new Reach(draft);
        reach.enter(route.item(), route.uses());
        reach.parts.forEach(told);
    }

    private void enter(Item part, List<Use> uses) {
        if (!seen.add(part)) {
            return;
        }
        parts.put(part, uses);
        for (Use use : uses) {
            if (!use.isFrom() && INDOORS.contains(use.scheme())) {
                draft.routes().stream().filter(route -> isCalled(use, route)).forEach(route -> enter(route.item(), route.uses()));
            } else if (draft.kamelets().containsKey(use.kamelet())) {
                Draft.Kamelet kamelet = draft.kamelets().get(use.kamelet());
                enter(kamelet.from(), draft.uses(kamelet));
            }
        }
    }

    private static boolean isCalled(Use use, Draft.Route route) {
        int hole = use.path().indexOf("${");
        return route.uses().stream().filter(Use::isFrom).anyMatch(from -> from.scheme().equals(use.scheme())
                && (hole < 0 ? from.path().equals(use.path()) : from.path().startsWith(use.path().substring(0, hole))));
    }
}
