package io.serai.route;

import io.serai.message.Call;
import io.serai.message.Parcel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What one stage makes is what the next one wants. Stages are beans with one method from record to record; where a component or an expression stands
 * between them nobody knows, and nothing is said.
 */
final class Shapes {

    /** Steps behind which the body is what it was. */
    static final Set<String> LEAVE_THE_BODY = Set.of("log", "removeHeaders", "removeHeader", "setHeader", "setHeaders", "setProperty",
            "setVariable", "setVariables", "removeVariable", "removeProperty", "wireTap", "delay", "throttle", "stop", "validate");
    private static final Map<String, String> FROM_WORK = Map.of("turns", "Turn", "parcels", "Parcel", "reflections", "Reply");
    private static final String HOUSE = "io.serai.";

    private final Beans beans;
    private final Draft draft;
    private final Consumer<Fault> faults;
    private final Map<String, Shape> known = new HashMap<>();
    private final Set<String> asked = new HashSet<>();

    /** What is wanted at the start and made at the end; null where nobody knows. */
    private record Shape(Class<?> wants, Class<?> makes) {
        static final Shape UNKNOWN = new Shape(null, null);
    }

    /** A body on its way: what the way wanted first, what it is now, and whether it is still what it was at the start. */
    private record Body(Class<?> wanted, Class<?> is, boolean untouched) {

        Body becomes(Class<?> type) {
            return new Body(wanted, type, false);
        }
    }

    private Shapes(Beans beans, Draft draft, Consumer<Fault> faults) {
        this.beans = beans;
        this.draft = draft;
        this.faults = faults;
    }

    static void judge(Draft draft, Beans beans, Consumer<Fault> faults) {
        Set<Fault> once = new HashSet<>();
        var shapes = new Shapes(beans, draft, fault -> {
            if (once.add(fault)) {
                faults.accept(fault);
            }
        });
        draft.routes().forEach(route -> shapes.walk(route.id(), route.from()));
        draft.kamelets().values().forEach(kamelet -> shapes.walk("Kamelet " + kamelet.name(), kamelet.from()));
    }

    private Shape walk(String way, Item from) {
        String uri = from.word("uri");
        Class<?> start = start(uri);
        Body end = steps(way, from.get("steps").items(), new Body(uri.startsWith("direct:") ? start : null, start, start == null));
        return new Shape(end.wanted(), end.is());
    }

    private static Class<?> start(String uri) {
        if (uri.startsWith("work:")) {
            return message(FROM_WORK.get(uri.substring("work:".length())));
        } else if (uri.startsWith("direct:" + ToolFiles.FOLDER)) {
            return Call.class;
        } else if (uri.startsWith("direct:deliver/")) {
            return Parcel.class;
        }
        return uri.equals("direct:receive/webhook") ? type("io.serai.web.Hook") : null;
    }

    private Body steps(String way, List<Item> steps, Body body) {
        Body now = body;
        for (Item step : steps) {
            for (Map.Entry<String, Item> each : step.children().entrySet()) {
                now = step(way, each.getKey(), each.getValue(), now);
            }
        }
        return now;
    }

    private Body step(String way, String step, Item item, Body body) {
        if (body.is() != null && isOurs(body.is())) {
            Fields.judge(item, body.is(), faults);
        }
        return switch (step) {
            case "bean" -> bean(way, item, body);
            case "to" -> item.has("variableReceive") ? body : to(way, item, body);
            case "choice" -> choice(way, item, body);
            default -> LEAVE_THE_BODY.contains(step) ? body : body.becomes(null);
        };
    }

    private Body bean(String way, Item item, Body body) {
        String name = item.isText() ? item.text() : item.word("ref");
        return beans.stage(name)
                .filter(method -> method.getParameterCount() > 0)
                .map(method -> pass(way, "bean '" + name + "'", item.isText() ? item : item.get("ref"), body,
                        new Shape(method.getParameterTypes()[0], method.getReturnType())))
                .orElseGet(() -> body.becomes(null));
    }

    private Body to(String way, Item item, Body body) {
        Item address = item.isText() ? item : item.get("uri");
        String uri = address.isText() ? address.text().replaceFirst("\\?.*", "") : "";
        Shape shape = Shape.UNKNOWN;
        if (uri.startsWith("direct:")) {
            shape = shape(uri, draft.routes().stream().filter(route -> route.from().word("uri").equals(uri)).map(Draft.Route::from));
        } else if (uri.startsWith("kamelet:")) {
            shape = shape(uri, Stream.ofNullable(draft.kamelets().get(uri.substring("kamelet:".length()))).map(Draft.Kamelet::from));
        }
        return pass(way, "to " + uri, address, body, shape);
    }

    private Shape shape(String uri, Stream<Item> from) {
        if (known.containsKey(uri)) {
            return known.get(uri);
        }
        if (!asked.add(uri)) {
            return Shape.UNKNOWN;
        }
        Shape shape = from.findFirst().map(start -> walk(uri.replaceFirst("^direct:", ""), start)).orElse(Shape.UNKNOWN);
        known.put(uri, shape);
        return shape;
    }

    private Body choice(String way, Item item, Body body) {
        List<Body> ends = Stream.concat(item.get("when").items().stream(), Stream.of(item.get("otherwise")))
                .map(branch -> steps(way, branch.get("steps").items(), body))
                .toList();
        Class<?> wanted = ends.stream().map(Body::wanted).filter(java.util.Objects::nonNull).findFirst().orElse(body.wanted());
        Class<?> first = ends.getFirst().is();
        boolean same = first != null && ends.stream().allMatch(end -> end.is() == first);
        boolean untouched = ends.stream().allMatch(Body::untouched);
        return new Body(wanted, same ? first : null, untouched);
    }

    private Body pass(String way, String what, Item place, Body body, Shape shape) {
        boolean clash = body.is() != null && shape.wants() != null && isOurs(body.is()) && isOurs(shape.wants())
                && !shape.wants().isAssignableFrom(body.is());
        if (clash) {
            faults.accept(Fault.at(place, "%s: %s wants %s but is handed %s".formatted(
                    way, what, shape.wants().getSimpleName(), body.is().getSimpleName()), null));
        }
        Class<?> wanted = body.wanted() == null && body.untouched() ? shape.wants() : body.wanted();
        return new Body(wanted, shape.makes() == void.class ? body.is() : shape.makes(), false);
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith(HOUSE);
    }

    private static Class<?> message(String name) {
        return name == null ? null : type("io.serai.message." + name);
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException renamed) {
            throw new IllegalStateException("nothing hands out a " + name, renamed);
        }
    }
}
