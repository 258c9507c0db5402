package io.serai.route;

import java.beans.Introspector;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code ${body.name}} asks of a body is there: Camel finds out only when a message comes, and then every message fails. */
final class Fields {

    private static final Pattern ASKED = Pattern.compile("\\$\\{body\\??\\.([A-Za-z_]\\w*)");

    /** Not of this step, or no expression. */
    private static final Set<String> OTHERS = Set.of("steps", "constant");

    private Fields() {}

    /** @param step without the steps in it, whose body may be another */
    static void judge(Item step, Class<?> body, Consumer<Fault> faults) {
        if (step.isText()) {
            text(step, body, faults);
        }
        step.children().forEach((key, value) -> {
            if (!OTHERS.contains(key)) {
                judge(value, body, faults);
            }
        });
        step.items().forEach(each -> judge(each, body, faults));
    }

    private static void text(Item place, Class<?> body, Consumer<Fault> faults) {
        Matcher asked = ASKED.matcher(place.text());
        while (asked.find()) {
            String name = asked.group(1);
            Set<String> fields = fields(body);
            if (!fields.contains(name) && !fields.contains(bare(name))) {
                faults.accept(Fault.at(place, "the body is a %s here, which has no '%s'".formatted(body.getSimpleName(), name), Nearest.hint(name, fields)));
            }
        }
    }

    private static Set<String> fields(Class<?> body) {
        Set<String> fields = new TreeSet<>();
        Arrays.stream(body.getMethods()).filter(method -> method.getDeclaringClass() != Object.class).map(Method::getName).forEach(method -> {
            fields.add(method);
            fields.add(bare(method));
        });
        return fields;
    }

    /** As a property: {@code getText} is {@code text}. */
    private static String bare(String method) {
        return Introspector.decapitalize(method.replaceFirst("^(get|is)(?=[A-Z])", ""));
    }
}
