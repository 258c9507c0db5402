package io.serai.route;

import io.serai.think.Tool;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The tools in {@code routes/tools}: a file, a route, a tool. Its description is what the model is told of it, and its first steps,
 * {@code kamelet:take}, are its parameters.
 */
final class ToolFiles {

    /** Ids of routes that are tools begin with it. */
    static final String FOLDER = "tools/";

    /** The Kamelet that takes an argument. */
    private static final String TAKE = "take";

    /** As OpenAI wants the name of a function. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");

    /** Characters; each model is sent it with each prompt. */
    private static final int LONGEST = 1_000;

    private static final Set<String> HEADERS = Set.of("setHeader", "setHeaders");
    private static final Set<String> ANYWHERE = Set.of("recipientList", "routingSlip", "dynamicRouter", "enrich", "pollEnrich");

    private ToolFiles() {}

    /** @param filled puts settings in the place of their placeholders */
    static List<Tool> tools(Draft draft, UnaryOperator<String> filled) {
        return draft.routes().stream()
                .filter(route -> route.id().startsWith(FOLDER) && !filled.apply(route.item().word("autoStartup")).equalsIgnoreCase("false"))
                .map(ToolFiles::tool)
                .toList();
    }

    private static Tool tool(Draft.Route route) {
        return new Tool(name(route), told(route.item()), takes(route).stream().map(ToolFiles::parameter).toList());
    }

    private static Tool.Parameter parameter(Use take) {
        String type = word(take, "type");
        return new Tool.Parameter(word(take, "name"), type.isEmpty() ? "string" : type, word(take, "description").strip().replaceAll("\\s+", " "),
                word(take, "optional").equals("true"), Tool.Parameter.choices(word(take, "choices")));
    }

    static void judge(Draft draft, Consumer<Fault> faults) {
        draft.routes().stream().filter(route -> route.file().startsWith("routes/" + FOLDER)).forEach(route -> judge(draft, route, faults));
        draft.routes().stream()
                .filter(route -> !route.file().startsWith("routes/" + FOLDER) && route.id().startsWith(FOLDER))
                .map(route -> Fault.at(route.item().get("id"), "a tool that does not lie in routes/tools", "routes/" + route.id() + ".yaml"))
                .forEach(faults);
    }

    private static void judge(Draft draft, Draft.Route route, Consumer<Fault> faults) {
        String expected = Names.name(route.file());
        Item id = route.item().get("id");
        if (!route.id().equals(expected)) {
            faults.accept(Fault.at(id, "a tool is one route, named like its file", "id: " + expected));
        } else if (!NAME.matcher(name(route)).matches()) {
            faults.accept(Fault.at(id, "'%s' is no name that models take".formatted(name(route)), "letters, digits, - and _, no more than 64, in no folder"));
        }
        if (!route.from().word("uri").equals("direct:" + expected)) {
            faults.accept(Fault.at(route.from().get("uri"), "a tool starts where the model's call comes in", "direct:" + expected));
        }
        Item description = route.item().get("description");
        told(description, told(route.item()), "the tool has no description: it is what the model is told of it", faults);
        parameters(route, faults);
        Reach.of(draft, route, (part, uses) -> bounds(part, uses, fault -> faults.accept(told(fault, route))));
    }

    /** What a model wrote goes on in whatever the tool calls. */
    private static void bounds(Item part, List<Use> uses, Consumer<Fault> faults) {
        uses.forEach(use -> address(use, faults));
        part.visit(item -> headers(item, faults));
        part.visit(item -> anywhere(item, faults));
        Statements.judge(part, uses, faults);
    }

    private static Fault told(Fault fault, Draft.Route tool) {
        return fault.file().equals(tool.file()) ? fault
                : new Fault(fault.file(), fault.line(), fault.column(), fault.warning(), fault.what() + " (" + tool.id() + " leads here)", fault.hint());
    }

    private static void told(Item place, String text, String missing, Consumer<Fault> faults) {
        if (text.isEmpty()) {
            faults.accept(Fault.at(place, missing, null));
        } else if (text.length() > LONGEST) {
            faults.accept(Fault.at(place, "%d characters, more than %d: each prompt carries them".formatted(text.length(), LONGEST), null));
        }
    }

    private static void parameters(Draft.Route route, Consumer<Fault> faults) {
        List<Use> takes = takes(route);
        Set<String> names = new HashSet<>();
        for (Use take : takes) {
            Item name = take.parameters().getOrDefault("name", take.place());
            String word = word(take, "name");
            take.parameters().values().stream()
                    .filter(value -> value.isText() && (value.text().contains("{{") || value.text().contains("${")))
                    .map(value -> Fault.at(value, "what a model is told of a parameter is known when the file is saved", "write it out"))
                    .forEach(faults);
            if (!word.isEmpty() && !PARAMETER.matcher(word).matches()) {
                faults.accept(Fault.at(name, "'%s' is no name of a parameter".formatted(word), "letters, digits and _, no more than 64"));
            } else if (!word.isEmpty() && !names.add(word)) {
                faults.accept(Fault.at(name, "the parameter '%s' is taken twice".formatted(word), null));
            }
            if (take.parameters().containsKey("description")) {
                told(take.parameters().get("description"), word(take, "description").strip(), "the parameter has no description", faults);
            }
            if (!word(take, "choices").isBlank() && !Set.of("", "string").contains(word(take, "type"))) {
                faults.accept(Fault.at(take.parameters().get("choices"), "only a string has choices", null));
            }
        }
        route.uses().stream().filter(use -> use.kamelet().equals(TAKE)).filter(use -> !takes.contains(use))
                .map(use -> Fault.at(use.place(), "a parameter is taken after another step", "the first steps of a tool are what it takes"))
                .forEach(faults);
    }

    /** What a model wrote becomes no address. */
    private static void address(Use use, Consumer<Fault> faults) {
        boolean inOptions = use.parameters().values().stream().anyMatch(value -> value.isText() && value.text().contains("${"));
        if (inOptions || !use.isFrom() && use.uri().contains("${")) {
            faults.accept(Fault.at(use.place(), "the address of a tool's step is known when the file is saved: what a model wrote becomes none",
                    "put it into the body, or call kamelet:fetch"));
        }
    }

    /** Nor a header, which components obey. */
    private static void headers(Item item, Consumer<Fault> faults) {
        item.children().forEach((key, value) -> {
            List<Item> headers = key.equals("setHeaders") ? value.get("headers").items() : List.of(value);
            if (HEADERS.contains(key) && !headers.stream().allMatch(Statements::isWritten)) {
                faults.accept(Fault.at(value, "a header of a tool is known when the file is saved: what a model wrote becomes none",
                        "put it into the body"));
            }
        });
    }

    private static void anywhere(Item item, Consumer<Fault> faults) {
        item.children().forEach((key, value) -> {
            Item expression = value.has("expression") && value.get("expression").isMap() ? value.get("expression") : value;
            if (ANYWHERE.contains(key) && !expression.has("constant")) {
                faults.accept(Fault.at(value, "'%s' of a tool leads where the file says: what a model wrote becomes no address".formatted(key),
                        "constant: ..."));
            }
        });
    }

    /** Those at the beginning. */
    private static List<Use> takes(Draft.Route route) {
        List<Use> takes = new ArrayList<>();
        for (Item step : route.from().get("steps").items()) {
            List<Use> uses = step.has("to") ? Use.in(step) : List.of();
            if (uses.size() != 1 || !uses.getFirst().kamelet().equals(TAKE)) {
                break;
            }
            takes.add(uses.getFirst());
        }
        return takes;
    }

    private static String name(Draft.Route route) {
        return route.id().substring(Math.min(FOLDER.length(), route.id().length()));
    }

    private static String told(Item route) {
        return route.word("description").strip().replaceAll("\\s+", " ");
    }

    private static String word(Use use, String parameter) {
        Map<String, Item> parameters = use.parameters();
        return parameters.containsKey(parameter) && parameters.get(parameter).isText() ? Use.plain(parameters.get(parameter).text()) : "";
    }
}
