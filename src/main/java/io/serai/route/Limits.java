package io.serai.route;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * What routes may not do, whoever writes them: run programs, load classes, read files and the environment. {@code serai.routes.dangerously-allow}
 * names exceptions.
 */
final class Limits {

    private static final Set<String> COMPONENTS = Set.of("exec", "file", "class", "groovy", "language", "java-joor", "java-joor-dsl", "joor",
            "script", "ssh", "docker", "ftp", "sftp", "ftps", "jsh-dsl", "controlbus", "properties", "vm", "jt400", "xchange", "python", "js", "mvel",
            "velocity", "freemarker", "xslt", "rest", "rest-api");
    private static final Set<String> LANGUAGES = Set.of("groovy", "java", "joor", "js", "python", "ognl", "mvel", "spel", "language", "wasm",
            "csimple", "script");
    private static final Set<String> CLASSES = Set.of("beans", "beanType", "templateBean", "templateBeans", "factoryBean", "factoryMethod",
            "resultTypeClass");
    private static final Map<String, String> UNRELOADABLE = Map.of(
            "rest", "a door is a route in routes/receive", "restConfiguration", "a door is a route in routes/receive",
            "routeTemplate", "write a Kamelet in processors/", "templatedRoute", "write a Kamelet in processors/");
    private static final Pattern BY_CLASS = Pattern.compile("#(class|type|script):|\\bbean:type:|\\bclass:");
    private static final Pattern HOLE = Pattern.compile("\\{\\{([^{}]+)}}");
    private static final Pattern FUNCTION = Pattern.compile("^\\s*(env[:.]|sysenv[:.]|sys[:.]|type:|ref:|camelContext|exchange(?=\\s*[?.\\[])|bean:type:|properties:)"
            + "|(\\.\\s*(?:get)?(?:class|classLoader|exchange|camelContext|fromEndpoint|unitOfWork)\\b|getClass)", Pattern.CASE_INSENSITIVE);
    private static final Pattern FUNCTION_START = Pattern.compile("\\$(?:simple)?\\{");

    /** What, with what stands behind it, could become an expression that no rule has seen whole. */
    private static final Pattern HALF = Pattern.compile("\\$[a-z]*$");

    /** What the hub and what it is built of read; other settings are those of whoever lists them. */
    private static final Set<String> OURS = Set.of("serai", "spring", "server", "management", "camel");

    /** Of these nothing is read: a URL may carry a password too. */
    private static final Set<String> SECRET_TREES = Set.of("db", "databases", "admin", "api", "models", "hooks");

    private static final Set<String> SECRETS = Set.of("password", "secret", "token", "key", "hash", "apikey", "apptoken", "signingsecret");

    private final RouteSettings settings;
    private final ConfigurableEnvironment environment;

    Limits(RouteSettings settings, ConfigurableEnvironment environment) {
        this.settings = settings;
        this.environment = environment;
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
        boolean toData = scheme.equals("file") && inData(use.path());
        if (COMPONENTS.contains(scheme) && !toData && !allows(scheme)) {
            faults.accept(Fault.at(use.place(), "the component '%s' is not allowed here".formatted(scheme),
                    scheme.equals("file") ? "only below data/; else serai.routes.dangerously-allow: file" : "serai.routes.dangerously-allow: "
                            + scheme));
        } else if (scheme.equals("bean") && use.path().matches("(type|class):.*|.*\\..*") && !allows("class")) {
            faults.accept(Fault.at(use.place(), "a bean by its class is not allowed here", "name a bean, or serai.routes.dangerously-allow: class"));
        }
    }

    private static boolean inData(String path) {
        return !path.contains("${") && !path.contains("{{") && Path.of(path).normalize().startsWith("data") && !path.contains("..");
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
            boolean script = LANGUAGES.contains(name) && !item.has("uri");
            boolean byClass = CLASSES.contains(name);
            if ((script || byClass) && !allows(name) && !(byClass && allows("class"))) {
                faults.accept(Fault.at(key, "'%s' is not allowed here".formatted(name),
                        (script ? "what a message becomes is Java's business" : "beans are made in Java") + "; else serai.routes.dangerously-allow: "
                                + name));
            }
        }
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
        if (!allows("simple-functions")) {
            functions(text, own, faults);
        }
        Matcher hole = HOLE.matcher(text.text());
        while (hole.find()) {
            placeholder(text, hole.group(1).strip(), own, faults);
        }
        if (hole.replaceAll("_").contains("{{")) { // Camel would fill it: the name of a setting may come of another, and be any
            faults.accept(Fault.at(text, "braces within a placeholder, or one that does not end", "{{name}} or {{name:default}}"));
        }
    }

    private static void functions(Item text, Map<String, Boolean> own, Consumer<Fault> faults) {
        for (String body : functions(text.text())) {
            Matcher function = FUNCTION.matcher(body);
            if (function.find()) {
                String what = function.group(1) == null ? function.group(2) : function.group(1);
                faults.accept(Fault.at(text, "'" + what + "' reaches into the process", "a route reads its message and settings: {{serai...}}"));
            } else if (HOLE.matcher(body).results().map(Limits::name).anyMatch(own::containsKey)) {
                faults.accept(Fault.at(text, "a parameter within '${...}': what it asks would only be known when it is called",
                        "give the whole expression as the parameter"));
            }
        }
        HOLE.matcher(text.text()).results().forEach(hole -> {
            if (own.containsKey(name(hole)) && HALF.matcher(text.text().substring(0, hole.start())).find()) {
                faults.accept(Fault.at(text, "'$' before a parameter: what it asks would only be known when it is called",
                        "give the whole expression as the parameter"));
            }
        });
    }

    /** What stands in each {@code ${...}}, also in one within another; to the end where one is not closed. */
    static List<String> functions(String text) {
        List<String> bodies = new ArrayList<>();
        Matcher start = FUNCTION_START.matcher(text);
        while (start.find()) {
            int end = end(text, start.end());
            bodies.add(end < 0 ? text.substring(start.end()) : text.substring(start.end(), end));
        }
        return bodies;
    }

    /** Where what begins here is closed, or -1. */
    private static int end(String text, int start) {
        int depth = 1;
        for (int at = start; at < text.length(); at++) {
            depth += text.charAt(at) == '{' ? 1 : text.charAt(at) == '}' ? -1 : 0;
            if (depth == 0) {
                return at;
            }
        }
        return -1;
    }

    private static String name(MatchResult hole) {
        return hole.group(1).strip().replaceFirst("^[?!]", "").replaceFirst(":.*", "");
    }

    /** What a Kamelet is handed stands in its texts beside others. */
    private void handed(Use use, Consumer<Fault> faults) {
        if (use.scheme().equals("kamelet") && !allows("simple-functions")) {
            use.parameters().values().stream().filter(value -> value.isText() && isHalf(value.text()))
                    .forEach(value -> faults.accept(Fault.at(value, "half an expression: what it asks would only be known when it is called",
                            "give the whole expression")));
        }
    }

    private static boolean isHalf(String text) {
        return HALF.matcher(text).find() || FUNCTION_START.matcher(text).results().anyMatch(start -> end(text, start.end()) < 0);
    }

    private void placeholder(Item place, String inside, Map<String, Boolean> own, Consumer<Fault> faults) {
        String name = inside.replaceFirst("^[?!]", "");
        if (name.matches("(env|service|service\\.host|sys|bean|secret|aws|gcp|azure|hashicorp|ibm|configmap)[:].*")) {
            String variable = name.substring(name.indexOf(':') + 1).replaceFirst(":.*", "");
            boolean listed = name.startsWith("env:") && settings.environment().stream().anyMatch(variable::startsWith);
            if (!listed) {
                faults.accept(Fault.at(place, "{{" + name + "}} may not be read", "variables that begin with "
                        + String.join(", ", settings.environment()) + " (serai.routes.environment)"));
            } else if (!name.substring(4).contains(":") && environment.getProperty(variable) == null) {
                faults.accept(Fault.at(place, "there is no environment variable " + variable, "give a default: {{env:" + variable + ":...}}"));
            }
            return;
        }
        String key = name.replaceFirst(":.*", "");
        if (own.containsKey(key)) {
            if (!own.get(key) && environment.getProperty(key) != null) { // Camel would look there when the caller gives none
                faults.accept(Fault.at(place, "the parameter '" + key + "' is the name of a setting too", "require it, or give it a default"));
            }
            return;
        }
        if (!own.isEmpty() && !key.contains(".")) {
            faults.accept(Fault.at(place, "the Kamelet has no parameter '" + key + "'", Nearest.hint(key, own.keySet())));
        } else if (!mayRead(key)) {
            faults.accept(Fault.at(place, "{{" + key + "}} may not be read", "settings that begin with " + String.join(", ", settings.settings())
                    + " and are no secret of the hub (serai.routes.settings); a secret of your own is a variable (serai.routes.environment)"));
        } else if (!name.contains(":") && environment.getProperty(key) == null) {
            faults.accept(Fault.at(place, "there is no setting '" + key + "'", Nearest.hint(key, known())));
        }
    }

    /** Whether a route may read the setting of this name. */
    boolean mayRead(String key) {
        return settings.settings().stream().anyMatch(key::startsWith) && !isSecret(key, "[.\\[\\]]+") && !isSecret(key, "[.\\[\\]_-]+");
    }

    /**
     * A key is found however it is spelled: {@code serai.ad-min.password} is as good, and {@code serai.admin-password} the variable SERAI_ADMIN_PASSWORD.
     *
     * @param between what stands between the parts of the key
     */
    private static boolean isSecret(String key, String between) {
        List<String> parts = Arrays.stream(key.toLowerCase(Locale.ROOT).split(between))
                .map(part -> part.replaceAll("[^a-z0-9]", ""))
                .filter(part -> !part.isEmpty() && !part.matches("[0-9]+"))
                .toList();
        if (parts.isEmpty() || !OURS.contains(parts.getFirst())) {
            return false;
        }
        boolean inTree = parts.getFirst().equals("serai") && parts.size() > 1 && SECRET_TREES.contains(parts.get(1));
        return inTree || SECRETS.contains(parts.getLast());
    }

    private boolean allows(String what) {
        return settings.dangerouslyAllow().contains(what);
    }

    private List<String> known() {
        return environment.getPropertySources().stream()
                .filter(EnumerablePropertySource.class::isInstance)
                .flatMap(source -> List.of(((EnumerablePropertySource<?>) source).getPropertyNames()).stream())
                .filter(name -> name.startsWith("serai."))
                .distinct()
                .toList();
    }
}
