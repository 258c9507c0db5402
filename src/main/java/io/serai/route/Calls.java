package io.serai.route;

import dev.langchain4j.model.chat.ChatModel;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.spi.BeanRepository;

/** What routes call is there: components with their options, routes, Kamelets with their parameters, beans with their methods. */
final class Calls {

    private static final Map<String, String> FOLDERS =
            Map.of("persona", "memory/prompts/%s.md", "prompt", "memory/prompts/%s.md", "apology", "memory/prompts/%s.md",
                    "layer", "memory/layers/%s.sql");

    /** Under these stand values, whatever they are called. */
    private static final Set<String> VALUES = Set.of("parameters", "properties");

    private static final Pattern BEAN = Pattern.compile("\\s*bean:(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final Components components;
    private final Beans beans;
    private final BeanRepository objects;
    private final Crons crons;

    /** @param objects among them the models, each under the name of its role */
    Calls(Components components, Beans beans, BeanRepository objects, Crons crons) {
        this.components = components;
        this.beans = beans;
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
            boolean edited = !Objects.equals(draft.files().texts().get(use.place().file()), live.texts().get(use.place().file()));
            use.parameters().forEach((name, value) -> crons.judge(use, name, value, edited, faults));
        }
        draft.documents().values().forEach(document -> {
            beans(document, faults);
            document.texts().forEach(text -> functions(text, faults));
            document.visit(item -> item.entries().keySet().stream().filter(Item::isText).forEach(key -> functions(key, faults)));
        });
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
            stage(use.place(), use.path(), faults);
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
        String text = value.isText() ? value.text() : "";
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

    /** Wherever a file calls a bean: by a step, an expression of the language method, or what puts messages together. */
    private void beans(Item item, Consumer<Fault> faults) {
        item.children().forEach((key, value) -> {
            if (key.equals("bean")) {
                step(value, faults);
            } else if (key.equals("method") && !item.has("ref") && !item.has("beanType")) {
                Item called = value.has("ref") ? value.get("ref") : value.isText() ? value : value.get("expression");
                stage(called, faults);
            } else if (key.equals("aggregationStrategy") && value.isText() && !beans.isStrategy(bare(value.text()))) {
                stage(value, faults);
            }
            if (!VALUES.contains(key)) {
                beans(value, faults);
            }
        });
        item.items().forEach(each -> beans(each, faults));
    }

    private void step(Item step, Consumer<Fault> faults) {
        Item reference = step.isText() ? step : step.get("ref");
        if (!reference.isText() || reference.text().isEmpty()) {
            if (!step.has("beanType")) {
                faults.accept(Fault.at(step, "'bean' needs 'ref'", "the name of a bean"));
            }
        } else if (stage(reference, faults) && step.get("method").isText()) {
            method(bare(reference.text()), step.get("method"), faults);
        }
    }

    /** In whatever way the name is written. */
    private boolean stage(Item place, Consumer<Fault> faults) {
        return !place.isText() || stage(place, place.text(), faults);
    }

    private boolean stage(Item place, String written, Consumer<Fault> faults) {
        String name = bare(written);
        if (written.startsWith("#class:") || written.startsWith("#type:") || name.startsWith("type:")) {
            return false; // by its class: told of elsewhere, or allowed
        } else if (name.contains("{{") || name.contains("${")) {
            faults.accept(Fault.at(place, "which bean '%s' calls would only be known when a message comes".formatted(written), "write its name"));
        } else if (!beans.has(name)) {
            faults.accept(Fault.at(place, "no bean named '" + name + "'", Nearest.hint(name, beans.names().get())));
        } else if (!beans.isStage(name)) {
            faults.accept(Fault.at(place, "the bean '" + name + "' is no stage: it is not for routes", "a stage has one method that is named like it"));
        } else {
            return true;
        }
        return false;
    }

    private static String bare(String written) {
        return written.strip().replaceFirst("^#?(bean:(//)?)?", "").replaceFirst("(\\?|::|\\.).*", "").strip();
    }

    private void functions(Item text, Consumer<Fault> faults) {
        for (String function : Limits.functions(text.text())) {
            Matcher call = BEAN.matcher(function);
            if (call.lookingAt()) {
                stage(text, call.group(1), faults);
            }
        }
    }

    private void method(String bean, Item place, Consumer<Fault> faults) {
        String call = place.text();
        int open = call.indexOf('(');
        String name = open < 0 ? call : call.substring(0, open);
        List<java.lang.reflect.Method> all = beans.methods(bean);
        List<java.lang.reflect.Method> named = all.stream().filter(method -> method.getName().equals(name)).toList();
        if (named.isEmpty()) {
            faults.accept(Fault.at(place, "bean '%s' has no method '%s'".formatted(bean, name),
                    Nearest.hint(name, all.stream().map(java.lang.reflect.Method::getName).collect(Collectors.toSet()))));
        } else if (open >= 0 && named.stream().noneMatch(method -> method.getParameterCount() == arguments(call.substring(open + 1)))) {
            faults.accept(Fault.at(place, "'%s' of bean '%s' takes %d arguments, not %d".formatted(
                    name, bean, named.getFirst().getParameterCount(), arguments(call.substring(open + 1))), null));
        }
    }

    /** Commas outside of quotes and brackets. */
    private static int arguments(String list) {
        int depth = 0;
        char quote = 0;
        int count = list.startsWith(")") ? 0 : 1;
        for (char letter : list.toCharArray()) {
            if (quote != 0) {
                quote = letter == quote ? 0 : quote;
            } else if (letter == '\'' || letter == '"') {
                quote = letter;
            } else if (letter == '(' || letter == '{') {
                depth++;
            } else if (letter == ')' || letter == '}') {
                depth--;
            } else if (letter == ',' && depth == 0) {
                count++;
            }
        }
        return count;
    }
}
