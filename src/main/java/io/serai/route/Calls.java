package io.serai.route;

import dev.langchain4j.model.chat.ChatModel;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.camel.spi.BeanRepository;

/** What routes call is there: components with their options, routes, Kamelets with their parameters, stages. */
final class Calls {

    private static final Map<String, String> FOLDERS =
            Map.of("persona", "memory/prompts/%s.md", "prompt", "memory/prompts/%s.md", "apology", "memory/prompts/%s.md",
                    "layer", "memory/layers/%s.sql");

    private final Components components;
    private final Stages stages;
    private final BeanRepository objects;
    private final Crons crons;

    /** @param objects among them the models, each under the name of its role */
    Calls(Components components, Stages stages, BeanRepository objects, Crons crons) {
        this.components = components;
        this.stages = stages;
        this.objects = objects;
        this.crons = crons;
    }

    /** @param live what runs already */
    void judge(Draft draft, FileSet live, Consumer<Fault> faults) {
        Set<String> doors = draft.routes().stream()
                .flatMap(route -> route.uses().stream())
                .filter(use -> use.isFrom() && use.scheme().equals("direct"))
                .map(Use::path)
                .collect(Collectors.toCollection(TreeSet::new));
        for (Use use : draft.uses()) {
            judge(use, draft, doors, faults);
            use.parameters().values().forEach(value -> whole(value, faults));
            boolean edited = !Objects.equals(draft.files().texts().get(use.place().file()), live.texts().get(use.place().file()));
            use.parameters().forEach((name, value) -> crons.judge(use, name, value, edited, faults));
        }
        draft.documents().values().forEach(document -> stages.judge(document, faults));
        draft.kamelets().values().forEach(kamelet -> kamelet.parameters().forEach((name, parameter) ->
                Quotes.judge(kamelet, name, parameter.get("default"), faults)));
    }

    private void judge(Use use, Draft draft, Set<String> doors, Consumer<Fault> faults) {
        String scheme = use.scheme();
        if (use.uri().isBlank()) {
            faults.accept(Fault.at(use.place(), "'" + use.step() + "' has no address", "such as direct:listen"));
        } else if (scheme.isEmpty() || scheme.contains("{{")) {
            faults.accept(Fault.at(use.place(), "which component '%s' calls is only known when a message comes".formatted(use.step()),
                    "write it in front, such as direct:deliver/${body.channel}"));
        } else if (!components.has(scheme)) {
            faults.accept(Fault.at(use.place(), "there is no component '" + scheme + "'", Nearest.hint(scheme, components.names())));
        } else if (scheme.equals("direct")) {
            components.judge(use, faults);
            if (!use.isFrom()) {
                target(use.place(), use.path(), doors, faults);
            }
        } else if (scheme.equals("kamelet")) {
            kamelet(use, draft, faults);
        } else if (scheme.equals("bean") && !use.path().isBlank()) {
            components.judge(use, faults);
            if (stages.called(use.place(), use.path(), faults) && use.parameters().containsKey("method")) {
                stages.method(Stages.bare(use.path()), use.parameters().get("method"), faults);
            }
        } else {
            components.judge(use, faults);
            Item failures = use.parameters().get("failures");
            if (scheme.equals("work") && failures == null) {
                target(use.place(), "failures", doors, faults);
            } else if (scheme.equals("work") && failures.isText() && failures.text().startsWith("direct:")) {
                target(failures, failures.text().substring("direct:".length()), doors, faults);
            }
        }
    }

    /** Camel writes parameters one after the other into an address, and reads them there. */
    private static void whole(Item value, Consumer<Fault> faults) {
        if (value.isText() && value.text().contains("&") && Use.plain(value.text()).equals(value.text())) {
            faults.accept(Fault.at(value, "Camel ends '%s' at its '&', and takes what follows for another parameter".formatted(value.text()), "RAW(%s)".formatted(value.text())));
        }
    }

    private static void target(Item place, String path, Set<String> doors, Consumer<Fault> faults) {
        int hole = path.indexOf("${");
        int slot = path.indexOf("{{");
        if (slot >= 0) {
            return;
        }
        boolean there = hole < 0 ? doors.contains(path) : doors.stream().anyMatch(door -> door.startsWith(path.substring(0, hole)));
        if (!there) {
            faults.accept(Fault.at(place, "no route starts from 'direct:" + path + "'", Nearest.hint(path, doors)));
        }
    }

    private void kamelet(Use use, Draft draft, Consumer<Fault> faults) {
        if (use.path().isBlank()) { // given as a parameter it would be called, and nobody knew
            faults.accept(Fault.at(use.place(), "'kamelet:' needs a name behind the colon", "such as kamelet:recall"));
        }
        if (use.kamelet().isEmpty()) {
            return;
        }
        if (use.kamelet().contains("${") || use.kamelet().contains("{{")) {
            faults.accept(Fault.at(use.place(), "which Kamelet '%s' calls is only known when a message comes".formatted(use.step()), "write its name"));
            return;
        }
        Draft.Kamelet kamelet = draft.kamelets().get(use.kamelet());
        if (kamelet == null) {
            faults.accept(Fault.at(use.place(), "there is no Kamelet '" + use.kamelet() + "'",
                    Nearest.hint(use.kamelet(), draft.kamelets().keySet())));
            return;
        }
        use.parameters().forEach((name, value) -> {
            Item parameter = kamelet.parameters().get(name);
            if (parameter == null) {
                faults.accept(Fault.at(value, "Kamelet '%s' has no parameter '%s'".formatted(kamelet.name(), name),
                        Nearest.hint(name, kamelet.parameters().keySet())));
            } else {
                parameter(kamelet, name, parameter, value, draft, faults);
            }
        });
        kamelet.required().stream()
                .filter(name -> !use.parameters().containsKey(name) && !kamelet.parameters().getOrDefault(name, kamelet.item()).has("default"))
                .forEach(name -> faults.accept(Fault.at(use.place(), "Kamelet '%s' needs the parameter '%s'".formatted(kamelet.name(), name), null)));
    }

    private void parameter(Draft.Kamelet kamelet, String name, Item parameter, Item value, Draft draft, Consumer<Fault> faults) {
        String text = value.isText() ? Use.plain(value.text()) : "";
        if (text.contains("{{") || text.contains("${")) {
            return;
        }
        List<String> allowed = parameter.get("enum").items().stream().map(Item::text).toList();
        boolean fits = switch (parameter.word("type")) {
            case "integer" -> text.matches("-?[0-9]+");
            case "number" -> text.matches("-?[0-9]*\\.?[0-9]+");
            case "boolean" -> text.matches("true|false");
            default -> true;
        };
        Quotes.judge(kamelet, name, value, faults);
        Forms.judge(kamelet.name(), name, parameter, value, text, faults);
        if (!fits) {
            faults.accept(Fault.at(value, "'%s' of Kamelet '%s' is of type %s, not '%s'".formatted(name, kamelet.name(),
                    parameter.word("type"), text), null));
        } else if (!allowed.isEmpty() && !allowed.contains(text)) {
            faults.accept(Fault.at(value, "'%s' of Kamelet '%s' cannot be '%s'".formatted(name, kamelet.name(), text), Nearest.hint(text, allowed)));
        } else if (FOLDERS.containsKey(name) && !text.isEmpty() && parameter.word("description").contains("file of memory/")) {
            String file = FOLDERS.get(name).formatted(text);
            if (!draft.files().texts().containsKey(file)) {
                faults.accept(Fault.at(value, "there is no file " + file, Nearest.hint(file, draft.files().texts().keySet())));
            }
        } else if (name.equals("model") && parameter.word("description").contains("key of serai.models")
                && objects.lookupByNameAndType(text, ChatModel.class) == null) {
            faults.accept(Fault.at(value, "there is no serai.models." + text, Nearest.hint(text, objects.findByTypeWithName(ChatModel.class).keySet())));
        }
    }
}
