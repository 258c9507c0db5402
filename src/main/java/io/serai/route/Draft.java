package io.serai.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A set of files as it was understood: its routes, its Kamelets, and everything they call. */
final class Draft {

    private static final String ENDING = ".kamelet.yaml";
    private static final Pattern PARAMETER = Pattern.compile("\\{\\{([^{}:]+)}}(.*)");

    /** A route, and the endpoints it uses; the first one is where it starts. */
    record Route(String file, String id, Item item, Item from, List<Use> uses) {}

    /** A Kamelet with its parameters. */
    record Kamelet(String file, String name, Item item, Map<String, Item> parameters, Set<String> required, Item from, List<Use> uses) {}

    /** What a file holds beside routes: configurations of all routes, error handlers of its own. */
    private final Map<String, Item> documents = new LinkedHashMap<>();

    private final List<Route> routes = new ArrayList<>();
    private final Map<String, Kamelet> kamelets = new LinkedHashMap<>();
    private final Map<String, List<Use>> others = new HashMap<>();
    private final FileSet files;

    private Draft(FileSet files) {
        this.files = files;
    }

    static Draft of(FileSet files, Consumer<Fault> faults) {
        Draft draft = new Draft(files);
        files.texts().forEach((file, text) -> draft.read(file, text, faults));
        return draft;
    }

    private void read(String file, String text, Consumer<Fault> faults) {
        if (text.startsWith("\uFEFF")) {
            faults.accept(Fault.at(file, 1, "begins with a byte order mark", "save it as UTF-8 without BOM"));
            return;
        }
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            faults.accept(Fault.at(file, (int) text.substring(0, nul).chars().filter(letter -> letter == '\n').count() + 1, "holds a NUL character",
                    "this is no text; write it anew"));
            return;
        }
        int crlf = text.indexOf("\r\n");
        if (crlf >= 0) {
            int line = (int) text.substring(0, crlf).lines().count();
            faults.accept(Fault.at(file, Math.max(1, line), "the line ends with CR LF", "save it with Unix line ends (LF)"));
            return;
        }
        if (text.isBlank()) {
            faults.accept(Fault.at(file, 1, "the file is empty", "write something, or delete it"));
            return;
        }
        if (file.startsWith("routes/")) {
            Item document = Parse.yaml(file, text, faults);
            documents.put(file, document);
            document.items().forEach(element -> element(file, element));
        } else if (file.startsWith("processors/")) {
            Item document = Parse.yaml(file, text, faults);
            documents.put(file, document);
            kamelet(file, document, faults);
        }
    }

    private void element(String file, Item element) {
        element.children().forEach((kind, value) -> {
            if (kind.equals("route") && value.isMap()) {
                routes.add(new Route(file, value.word("id"), value, value.get("from"), Use.in(value)));
            } else if (kind.equals("from") && value.isMap()) {
                routes.add(new Route(file, "", element, value, Use.in(element)));
            } else {
                others.computeIfAbsent(file, none -> new ArrayList<>()).addAll(Use.in(value));
            }
        });
    }

    private void kamelet(String file, Item document, Consumer<Fault> faults) {
        String name = file.substring(file.lastIndexOf('/') + 1, file.length() - ENDING.length());
        Kamelet first = kamelets.get(name);
        if (first != null) { // Camel would take either of them, and only one is looked at here
            boolean isCopy = first.file().length() <= file.length();
            String copy = isCopy ? file : first.file();
            faults.accept(Fault.at(copy, 1, "the Kamelet '%s' is there already: %s".formatted(name, isCopy ? first.file() : file), "name it otherwise"));
            if (isCopy) {
                return;
            }
        }
        Item definition = document.get("spec").get("definition");
        Set<String> required = new TreeSet<>();
        definition.get("required").items().forEach(item -> required.add(String.valueOf(item.text())));
        Item from = document.get("spec").get("template").get("from");
        kamelets.put(name, new Kamelet(file, name, document, definition.get("properties").children(), required, from,
                Use.in(document.get("spec").get("template"))));
    }

    FileSet files() {
        return files;
    }

    Map<String, Item> documents() {
        return documents;
    }

    List<Route> routes() {
        return routes;
    }

    Map<String, Kamelet> kamelets() {
        return kamelets;
    }

    /** Every endpoint that is used anywhere. */
    List<Use> uses() {
        List<Use> uses = outside();
        kamelets.values().forEach(kamelet -> uses.addAll(uses(kamelet)));
        return uses;
    }

    /** Those that a Kamelet uses. */
    List<Use> uses(Kamelet kamelet) {
        List<Use> callers = outside();
        kamelets.values().forEach(each -> callers.addAll(each.uses()));
        return kamelet.uses().stream().flatMap(use -> resolved(kamelet, use, callers).stream()).toList();
    }

    private List<Use> outside() {
        List<Use> uses = new ArrayList<>();
        routes.forEach(route -> uses.addAll(route.uses()));
        others.values().forEach(uses::addAll);
        return uses;
    }

    /** An address that is a parameter of its Kamelet is what its callers say it is. */
    private static List<Use> resolved(Kamelet kamelet, Use use, List<Use> callers) {
        Matcher hole = PARAMETER.matcher(use.uri());
        if (!hole.matches() || !kamelet.parameters().containsKey(hole.group(1))) {
            return List.of(use);
        }
        Item otherwise = kamelet.parameters().get(hole.group(1)).get("default");
        return callers.stream()
                .filter(caller -> caller.kamelet().equals(kamelet.name()))
                .map(caller -> caller.parameters().getOrDefault(hole.group(1), otherwise))
                .filter(Item::isText)
                .map(value -> Use.of(use.step(), value, value.text().strip() + hole.group(2), use.parameters()))
                .toList();
    }

    /** The route files that reach these Kamelets, directly or through others. */
    Set<String> usersOf(Set<String> names) {
        Set<String> reached = kameletsOver(names);
        Set<String> users = new TreeSet<>();
        routes.stream().filter(route -> route.uses().stream().anyMatch(use -> reached.contains(use.kamelet()))).map(Route::file).forEach(users::add);
        others.forEach((file, uses) -> {
            if (uses.stream().anyMatch(use -> reached.contains(use.kamelet()))) {
                users.add(file);
            }
        });
        return users;
    }

    /** The Kamelets that reach these, and these. */
    Set<String> kameletsOver(Set<String> names) {
        Set<String> reached = new TreeSet<>(names);
        boolean more = true;
        while (more) {
            more = kamelets.values().stream()
                    .filter(kamelet -> kamelet.uses().stream().anyMatch(use -> reached.contains(use.kamelet())))
                    .map(Kamelet::name)
                    .map(reached::add)
                    .reduce(false, Boolean::logicalOr);
        }
        return reached;
    }

    /** Whether a file says something about all routes. */
    boolean configures(String file) {
        Item document = documents.get(file);
        return document != null && document.items().stream().anyMatch(element -> element.has("routeConfiguration"));
    }
}
