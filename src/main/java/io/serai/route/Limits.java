package io.serai.route;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What routes may not do, whoever writes them: run programs, load classes, read files and the environment. {@code serai.routes.dangerously-allow}
 * names exceptions.
 */
final class Limits {

    private static final Set<String> COMPONENTS = Set.of("exec", "class", "groovy", "language", "java-joor", "java-joor-dsl", "joor",
            "script", "ssh", "docker", "ftp", "sftp", "ftps", "jsh-dsl", "controlbus", "properties", "vm", "jt400", "xchange", "python", "js", "mvel",
            "velocity", "freemarker", "xslt", "validator", "dataformat", "dataset", "dataset-test", "rest", "rest-api");
    private static final Set<String> LANGUAGES = Set.of("groovy", "java", "joor", "js", "python", "ognl", "mvel", "spel", "language", "wasm",
            "csimple", "script", "xpath");
    private static final Set<String> CLASSES = Set.of("beans", "beanType", "templateBean", "templateBeans", "factoryBean", "factoryMethod",
            "resultTypeClass", "unmarshalType", "allowUnmarshallType", "allowJmsType", "outputClass",
            "collectionType", "moduleClassNames", "className", "classType", "instanceClass", "instanceClassName");
    private static final Map<String, String> UNRELOADABLE = Map.of(
            "rest", "a door is a route in routes/receive", "restConfiguration", "a door is a route in routes/receive",
            "routeTemplate", "write a Kamelet in processors/", "templatedRoute", "write a Kamelet in processors/");
    private static final Pattern BY_CLASS = Pattern.compile("#(class|type|script):|\\bbean:type:|\\bclass:");
    /** Camel makes a class of its name, and whoever has a class can make an object of it. */
    private static final Pattern CLASS = Pattern.compile("java\\.lang\\.Class(\\[])*");

    private static final String SETTING = "#property:";
    private static final Pattern FUNCTION = Pattern.compile(
            "^\\s*(env[:.]|sysenv[:.]|sys[:.]|type:|ref:|camelContext|exchange(?=\\s*[?.\\[])|bean:type:|properties:|xpath\\()"
                    + "|(\\.\\s*(?:get)?(?:(?:declaring)?class|classLoader|exchange|camelContext|fromEndpoint|unitOfWork)\\b"
                    + "|get(?:Declaring)?Class|\\.\\s*(?:forName|newInstance|loadClass)\\b)", Pattern.CASE_INSENSITIVE);

    private final RouteSettings settings;
    private final Placeholders placeholders;

    Limits(RouteSettings settings, Placeholders placeholders) {
        this.settings = settings;
        this.placeholders = placeholders;
    }

    void judge(Draft draft, Consumer<Fault> faults) {
        draft.uses().forEach(use -> {
            component(use, faults);
            handed(use, faults);
        });
        draft.documents().forEach((file, document) -> {
            Map<String, Boolean> own = file.startsWith("processors/") ? parameters(document.get("spec").get("definition")) : Map.of();
            document.items().forEach(element -> element.entries().keySet().stream()
                    .filter(key -> UNRELOADABLE.containsKey(key.text()))
                    .forEach(key -> faults.accept(Fault.at(key, "'" + key.text() + "' cannot be reloaded", UNRELOADABLE.get(key.text())))));
            document.visit(item -> kamelets(item, faults));
            document.visit(item -> keys(item, faults));
            document.texts().forEach(text -> text(text, own, faults));
            document.visit(item -> item.entries().keySet().stream().filter(Item::isText).forEach(key -> text(key, own, faults)));
        });
    }

    /** The parameters of a Kamelet, and whether each has a value whoever calls. */
    private static Map<String, Boolean> parameters(Item definition) {
        Set<String> required = definition.get("required").items().stream().map(Item::text).collect(Collectors.toSet());
        return definition.get("properties").children().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, parameter -> parameter.getValue().has("default") || required.contains(parameter.getKey())));
    }

    private void component(Use use, Consumer<Fault> faults) {
        String scheme = use.scheme().toLowerCase(Locale.ROOT);
        use.parameters().forEach((name, value) -> {
            boolean isOption = CLASSES.contains(name) && value.line() == use.place().line() && !scheme.startsWith("http"); // within the address: it is no key
            if (isOption && !allows(name) && !allows("class")) {
                faults.accept(byClass(use.place(), name));
            }
        });
        if (scheme.equals("file")) {
            if (!allows(scheme)) {
                DataFiles.judge(use, faults);
            }
        } else if (COMPONENTS.contains(scheme) && !allows(scheme)) {
            faults.accept(Fault.at(use.place(), "the component '%s' is not allowed here".formatted(scheme), "serai.routes.dangerously-allow: " + scheme));
        } else if (scheme.equals("bean") && use.path().matches("(type|class):.*|.*\\..*") && !allows("class")) {
            faults.accept(Fault.at(use.place(), "a bean by its class is not allowed here", "name a bean, or serai.routes.dangerously-allow: class"));
        }
    }

    /** Camel 4.17 keeps one such step for all routes that have it alike, and they get each other's messages. */
    private static void kamelets(Item item, Consumer<Fault> faults) {
        item.get("steps").items().forEach(step -> step.entries().keySet().stream()
                .filter(key -> "kamelet".equals(key.text()))
                .forEach(key -> faults.accept(Fault.at(key, "the step 'kamelet' gives two routes each other's messages", "write to: {uri: kamelet:...}"))));
    }

    private void keys(Item item, Consumer<Fault> faults) {
        for (Item key : item.entries().keySet()) {
            String name = String.valueOf(key.text());
            if (LANGUAGES.contains(name) && !item.has("uri") && !allows(name)) {
                faults.accept(Fault.at(key, "'%s' is not allowed here".formatted(name),
                        "what a message becomes is Java's business; else serai.routes.dangerously-allow: " + name));
            } else if (CLASSES.contains(name) && !allows(name) && !allows("class")) {
                faults.accept(byClass(key, name));
            } else if (name.equals("exceptionType")) {
                thrown(item.get(name), faults);
            } else if (name.startsWith("convert") || name.equals("resultType")) {
                type(name.equals("resultType") ? item.get(name) : item.get(name).isText() ? item.get(name) : item.get(name).get("type"), faults);
            }
        }
    }

    /** Camel makes an object of it, and only then sees that it is none to throw. */
    private void thrown(Item type, Consumer<Fault> faults) {
        if (!allows("class") && !isException(String.valueOf(type.text()))) {
            faults.accept(Fault.at(type, "'%s' is no exception".formatted(type.text()), "such as java.lang.IllegalStateException"));
        }
    }

    private static boolean isException(String name) {
        try {
            return Exception.class.isAssignableFrom(Class.forName(name, false, Limits.class.getClassLoader()));
        } catch (ClassNotFoundException | LinkageError unknown) {
            return false;
        }
    }

    private void type(Item type, Consumer<Fault> faults) {
        String name = type.isText() ? type.text().strip() : "";
        if ((CLASS.matcher(name).matches() || name.contains("{{")) && !allows("class")) {
            faults.accept(Fault.at(type, "'%s' may be made a class of".formatted(name), "write the type; else serai.routes.dangerously-allow: class"));
        }
    }

    private static Fault byClass(Item place, String name) {
        return Fault.at(place, "'%s' is not allowed here".formatted(name), "beans are made in Java; else serai.routes.dangerously-allow: " + name);
    }

    private void text(Item text, Map<String, Boolean> own, Consumer<Fault> faults) {
        if (text.text().strip().toLowerCase(Locale.ROOT).startsWith("resource:")) { // to Camel the text of any expression, whatever its language
            faults.accept(Fault.at(text, "'resource:' reads files, variables and beans of the hub", "write the text itself"));
        }
        Matcher byClass = BY_CLASS.matcher(text.text());
        if (byClass.find() && !allows("class")) {
            faults.accept(Fault.at(text, "'" + byClass.group() + "' makes an object of any class",
                    "name a bean, or serai.routes.dangerously-allow: class"));
        }
        if (text.text().contains(SETTING)) {
            faults.accept(setting(text));
        }
        if (!allows("simple-functions")) {
            functions(text, own, faults);
        }
        placeholders.judge(text, own, faults);
    }

    private static Fault setting(Item text) {
        return Fault.at(text, "'property:' reads any setting of the hub", "a route reads its settings as {{serai...}}");
    }

    private static void functions(Item text, Map<String, Boolean> own, Consumer<Fault> faults) {
        for (String body : Functions.in(text.text())) {
            Matcher function = FUNCTION.matcher(body);
            if (function.find()) {
                String what = function.group(1) == null ? function.group(2) : function.group(1);
                faults.accept(Fault.at(text, "'" + what + "' reaches into the process", "a route reads its message and settings: {{serai...}}"));
            } else if (Placeholders.in(body).map(Placeholders::name).anyMatch(own::containsKey)) {
                faults.accept(Fault.at(text, "a parameter within '${...}': what it asks would only be known when it is called",
                        "give the whole expression as the parameter"));
            }
        }
        Placeholders.in(text.text()).forEach(hole -> {
            if (own.containsKey(Placeholders.name(hole)) && Functions.isOpening(text.text().substring(0, hole.start()))) {
                faults.accept(Fault.at(text, "'$' before a parameter: what it asks would only be known when it is called",
                        "give the whole expression as the parameter"));
            }
        });
    }

    /** What a Kamelet is handed stands in its texts beside others. */
    private void handed(Use use, Consumer<Fault> faults) {
        if (use.scheme().equals("kamelet")) { // which may have the # before it
            use.parameters().values().stream().filter(value -> value.isText() && Use.plain(value.text().strip()).strip().startsWith(SETTING.substring(1)))
                    .forEach(value -> faults.accept(setting(value)));
        }
        if (use.scheme().equals("kamelet") && !allows("simple-functions")) {
            use.parameters().values().stream().filter(value -> value.isText() && Functions.isHalf(value.text()))
                    .forEach(value -> faults.accept(Fault.at(value, "half an expression: what it asks would only be known when it is called",
                            "give the whole expression")));
        }
    }

    private boolean allows(String what) {
        return settings.dangerouslyAllow().contains(what);
    }
}
