package io.serai.route;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The beans that a file calls, in whatever way it does, are stages, and have the methods that it names. */
final class Stages {

    /** Under these stand values, whatever they are called. */
    private static final Set<String> VALUES = Set.of("parameters", "properties");

    private static final Pattern BEAN = Pattern.compile("\\s*bean:(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final Beans beans;

    Stages(Beans beans) {
        this.beans = beans;
    }

    void judge(Item document, Consumer<Fault> faults) {
        beans(document, faults);
        document.texts().forEach(text -> functions(text, faults));
        document.visit(item -> item.entries().keySet().stream().filter(Item::isText).forEach(key -> functions(key, faults)));
    }

    /** Wherever a file calls a bean: by a step, an expression of the language method, or what puts messages together. */
    private void beans(Item item, Consumer<Fault> faults) {
        item.children().forEach((key, value) -> {
            if (key.equals("bean")) {
                step(value, faults);
            } else if (key.equals("method") && !item.has("ref") && !item.has("beanType")) {
                Item called = value.has("ref") ? value.get("ref") : value.isText() ? value : value.get("expression");
                if (stage(called, faults) && called.isText()) {
                    method(bare(called.text()), value.get("method"), faults);
                }
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
        } else if (stage(reference, faults)) {
            method(bare(reference.text()), step.get("method"), faults);
        }
    }

    private boolean stage(Item place, Consumer<Fault> faults) {
        return !place.isText() || called(place, place.text(), faults);
    }

    /**
     * @param written the name, in whatever way it is written there
     * @return whether it is a stage
     */
    boolean called(Item place, String written, Consumer<Fault> faults) {
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

    /** The name of a bean, in whatever way it is written. */
    static String bare(String written) {
        return written.strip().replaceFirst("^#?(bean:(//)?)?", "").replaceFirst("(\\?|::|\\.).*", "").strip();
    }

    private void functions(Item text, Consumer<Fault> faults) {
        for (String function : Functions.in(text.text())) {
            Matcher call = BEAN.matcher(function);
            if (call.lookingAt()) {
                called(text, call.group(1), faults);
            }
        }
    }

    /** @param place of what is called; nothing where Camel finds it by itself */
    void method(String bean, Item place, Consumer<Fault> faults) {
        if (!place.isText()) {
            return;
        }
        String call = place.text();
        int open = call.indexOf('(');
        String name = open < 0 ? call : call.substring(0, open);
        List<Method> all = beans.methods(bean);
        List<Method> named = all.stream().filter(method -> method.getName().equals(name)).toList();
        if (named.isEmpty()) {
            faults.accept(Fault.at(place, "bean '%s' has no method '%s'".formatted(bean, name),
                    Nearest.hint(name, all.stream().map(Method::getName).collect(Collectors.toSet()))));
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
