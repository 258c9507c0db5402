package io.serai.route;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a tool asks a database stands in its file, in the step before: the body of these components is the statement, and a body that anything else has
 * made may be what a model wrote.
 */
final class Statements {

    private static final Set<String> DATABASES = Set.of("jdbc", "sql");
    private static final Set<String> MAKERS = Set.of("setBody", "transform");
    private static final Set<String> CALLS = Set.of("to", "toD");

    private static final String HINT = "setBody with a constant before it, in the same list of steps; else ask a stage of your own, or a service by kamelet:fetch";

    private Statements() {}

    static void judge(Item part, List<Use> uses, Consumer<Fault> faults) {
        Map<Item, Item> statements = new HashMap<>();
        part.visit(item -> steps(item.get("steps"), statements));
        uses.stream().filter(use -> DATABASES.contains(use.scheme())).forEach(use -> {
            Item statement = statements.get(use.place());
            if (statement == null) {
                faults.accept(Fault.at(use.place(), "what a model wrote becomes no SQL: what is asked here is not written in the step before", HINT));
            } else if (!isWritten(statement)) {
                faults.accept(Fault.at(statement, "what a model wrote becomes no SQL", HINT));
            }
        });
    }

    /** The address of each call, and what made the body that it is sent. */
    private static void steps(Item steps, Map<Item, Item> statements) {
        Item maker = null;
        for (Item step : steps.items()) {
            for (Map.Entry<String, Item> each : step.children().entrySet()) {
                Item value = each.getValue();
                if (MAKERS.contains(each.getKey())) {
                    maker = value;
                } else if (CALLS.contains(each.getKey()) && !isLog(value)) {
                    statements.put(value.isText() ? value : value.get("uri"), value.has("variableSend") ? null : maker);
                    maker = null;
                } else if (!CALLS.contains(each.getKey()) && !Shapes.LEAVE_THE_BODY.contains(each.getKey())) {
                    maker = null;
                }
            }
        }
    }

    private static boolean isLog(Item call) {
        Item address = call.isText() ? call : call.get("uri");
        return address.isText() && address.text().startsWith("log:");
    }

    /** Whether an expression says what stands there, whatever the message is. */
    static boolean isWritten(Item step) {
        Item language = step.get("expression").isMap() ? step.get("expression") : step;
        return (language.has("constant") || language.has("simple")) && step.texts().stream().allMatch(text -> Functions.in(text.text()).isEmpty());
    }
}
