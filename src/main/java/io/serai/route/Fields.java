package io.serai.route;

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
            String spelled = name.replaceFirst("^(get|is)(?=[A-Z])", "");
            if (!fields.contains(name) && !fields.contains(spelled.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + spelled.substring(1))) {
                faults.accept(Fault.at(place, "the body is a %s here, which has no '%s'".formatted(body.getSimpleName(), name), Nearest.hint(name, fields)));
            }
        }
    }

    private static Set<String> fields(Class<?> body) {
        Set<String> fields = new TreeSet<>();
        Arrays.stream(body.getMethods()).filter(method -> method.getDeclaringClass() != Object.class).map(Method::getName).forEach(method -> {
            fields.add(method);
            String bare = method.replaceFirst("^(get|is)(?=[A-Z])", "");
            fields.add(bare.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + bare.substring(1));
        });
        return fields;
    }
}
