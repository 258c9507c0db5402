package io.serai.route;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One word everywhere: the path of a file, the id of its route and its {@code direct:} name. No id twice. What people should be told stands there.
 */
final class Names {

    private static final int MANY_STEPS = 12;

    private Names() {}

    static void judge(Draft draft, Consumer<Fault> faults) {
        Map<String, Item> ids = new HashMap<>();
        Map<String, Item> starts = new HashMap<>();
        for (Draft.Route route : draft.routes()) {
            Item id = route.item().get("id");
            if (route.id().isBlank()) {
                faults.accept(Fault.at(route.item(), "a route without an id", "id: " + name(route.file())));
            } else {
                twice(ids, route.id(), id, "the id '" + route.id() + "'", faults);
            }
            Item from = route.from().get("uri");
            String start = start(route);
            if (start != null) {
                twice(starts, start, from, "'" + start + "'", faults);
            }
            style(draft, route, faults);
        }
        draft.kamelets().values().forEach(kamelet -> kamelet(kamelet, faults));
    }

    /** What only one route may start from: what {@code direct:} calls, a trigger of Quartz. */
    private static String start(Draft.Route route) {
        return route.uses().stream()
                .filter(use -> use.isFrom() && Set.of("direct", "quartz").contains(use.scheme()))
                .map(use -> use.scheme() + ":" + use.path())
                .findFirst()
                .orElse(null);
    }

    private static void twice(Map<String, Item> seen, String word, Item place, String what, Consumer<Fault> faults) {
        Item first = seen.putIfAbsent(word, place);
        if (first != null) {
            boolean isOwner = isNamed(place.file(), word) && !isNamed(first.file(), word);
            Item owner = isOwner ? place : first;
            Item other = isOwner ? first : place;
            seen.put(word, owner);
            faults.accept(Fault.at(other, "%s is taken by %s line %d".formatted(what, owner.file(), owner.line()), null));
        }
    }

    /** A file that is named like the word holds it by right: the other one is a copy of it. */
    private static boolean isNamed(String file, String word) {
        return name(file).equals(word.substring(word.indexOf(':') + 1));
    }

    private static void style(Draft draft, Draft.Route route, Consumer<Fault> faults) {
        String name = name(route.file());
        boolean alone = draft.routes().stream().filter(other -> other.file().equals(route.file())).count() == 1;
        String from = route.from().word("uri");
        if (alone && !route.id().isBlank() && !route.id().equals(name)) {
            faults.accept(Fault.style(route.item().get("id"), "the route '%s' is not named like its file".formatted(route.id()), "id: " + name));
        }
        if (alone && from.startsWith("direct:") && !from.equals("direct:" + name)) {
            faults.accept(Fault.style(route.from().get("uri"), "'%s' is not named like its file".formatted(from), "direct:" + name));
        }
        if (route.item().word("description").isBlank()) {
            faults.accept(Fault.style(route.item(), "the route '%s' has no description".formatted(route.id()), null));
        }
        if (route.from().get("steps").items().size() > MANY_STEPS) {
            faults.accept(Fault.style(route.from(), "%d steps, more than %d".formatted(route.from().get("steps").items().size(), MANY_STEPS),
                    "call another route"));
        }
        boolean door = route.file().matches("routes/(receive|deliver)/.*");
        if (door && route.from().get("steps").items().stream().limit(1).noneMatch(first -> first.get("removeHeaders").word("pattern").equals("*"))) {
            faults.accept(Fault.style(route.from(), "a door wipes the headers first", "removeHeaders: {pattern: \"*\"}"));
        }
    }

    private static void kamelet(Draft.Kamelet kamelet, Consumer<Fault> faults) {
        Item document = kamelet.item();
        if (document.isEmpty()) {
            return;
        }
        document.entries().keySet().stream()
                .filter(key -> !java.util.Set.of("apiVersion", "kind", "metadata", "spec").contains(key.text()))
                .forEach(key -> faults.accept(Fault.at(key, "a Kamelet knows no '" + key.text() + "'",
                        Nearest.hint(String.valueOf(key.text()), java.util.Set.of("apiVersion", "kind", "metadata", "spec")))));
        if (!document.word("kind").equals("Kamelet")) {
            faults.accept(Fault.at(document.get("kind"), "not a Kamelet", "kind: Kamelet"));
        }
        Item name = document.get("metadata").get("name");
        if (!kamelet.name().equals(name.text())) {
            faults.accept(Fault.at(name, "the Kamelet is not named like its file", "name: " + kamelet.name()));
        }
        if (!kamelet.from().isMap()) {
            faults.accept(Fault.at(document.get("spec"), "the Kamelet has no 'template' with 'from'", null));
        }
        kamelet.required().stream()
                .filter(parameter -> !kamelet.parameters().containsKey(parameter))
                .forEach(parameter -> faults.accept(Fault.at(document.get("spec").get("definition").get("required"),
                        "'" + parameter + "' is required but no parameter", Nearest.hint(parameter, kamelet.parameters().keySet()))));
        if (document.get("spec").get("definition").word("description").isBlank()) {
            faults.accept(Fault.style(document, "the Kamelet has no description", null));
        }
        kamelet.parameters().forEach((parameter, item) -> {
            if (item.word("description").isBlank()) {
                faults.accept(Fault.style(item, "the parameter '" + parameter + "' has no description", null));
            }
        });
    }

    /** {@code routes/deliver/slack.yaml} is {@code deliver/slack}. */
    static String name(String file) {
        return file.substring("routes/".length(), file.length() - ".yaml".length());
    }
}
