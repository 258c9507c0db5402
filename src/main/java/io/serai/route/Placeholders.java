package io.serai.route;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/** The {@code {{...}}} of a text ask for what there is, and for what routes may read: settings that are no secrets, listed variables, parameters of a Kamelet. */
final class Placeholders {

    private static final Pattern HOLE = Pattern.compile("\\{\\{([^{}]+)}}");

    /** What Camel asks elsewhere than in the settings. */
    private static final Pattern ELSEWHERE =
            Pattern.compile("(env|service|service\\.host|sys|bean|secret|aws|gcp|azure|hashicorp|ibm|configmap):(.*)", Pattern.DOTALL);

    /** What the hub and what it is built of read; other settings are those of whoever lists them. */
    private static final Set<String> OURS = Set.of("serai", "spring", "server", "management", "camel");

    /** Of these nothing is read: a URL may carry a password too. */
    private static final Set<String> SECRET_TREES = Set.of("db", "databases", "admin", "api", "models", "hooks");

    private static final Set<String> SECRETS = Set.of("password", "secret", "token", "key", "hash", "apikey", "apptoken", "signingsecret");

    private final RouteSettings settings;
    private final ConfigurableEnvironment environment;

    Placeholders(RouteSettings settings, ConfigurableEnvironment environment) {
        this.settings = settings;
        this.environment = environment;
    }

    static Stream<MatchResult> in(String text) {
        return HOLE.matcher(text).results();
    }

    static String name(MatchResult hole) {
        return hole.group(1).strip().replaceFirst("^[?!]", "").replaceFirst(":.*", "");
    }

    /** @param own the parameters of the Kamelet in which the text stands, and whether each has a value whoever calls */
    void judge(Item text, Map<String, Boolean> own, Consumer<Fault> faults) {
        Matcher hole = HOLE.matcher(text.text());
        while (hole.find()) {
            placeholder(text, hole.group(1).strip(), own, faults);
        }
        if (hole.replaceAll("_").contains("{{")) { // Camel would fill it: the name of a setting may come of another, and be any
            faults.accept(Fault.at(text, "braces within a placeholder, or one that does not end", "{{name}} or {{name:default}}"));
        }
    }

    private void placeholder(Item place, String inside, Map<String, Boolean> own, Consumer<Fault> faults) {
        String name = inside.replaceFirst("^[?!]", "");
        String key = name.replaceFirst(":.*", "");
        Matcher elsewhere = ELSEWHERE.matcher(name);
        if (elsewhere.matches()) {
            variable(place, elsewhere.group(1), elsewhere.group(2), faults);
        } else if (!own.containsKey(key)) {
            setting(place, name, key, own, faults);
        } else if (!own.get(key) && environment.getProperty(key) != null) { // Camel would look there when the caller gives none
            faults.accept(Fault.at(place, "the parameter '" + key + "' is the name of a setting too", "require it, or give it a default"));
        }
    }

    private void variable(Item place, String from, String name, Consumer<Fault> faults) {
        String variable = name.replaceFirst(":.*", "");
        if (!from.equals("env") || settings.environment().stream().noneMatch(variable::startsWith)) {
            faults.accept(Fault.at(place, "{{" + from + ":" + name + "}} may not be read", "variables that begin with "
                    + String.join(", ", settings.environment()) + " (serai.routes.environment)"));
        } else if (!name.contains(":") && environment.getProperty(variable) == null) {
            faults.accept(Fault.at(place, "there is no environment variable " + variable, "give a default: {{env:" + variable + ":...}}"));
        }
    }

    private void setting(Item place, String name, String key, Map<String, Boolean> own, Consumer<Fault> faults) {
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

    private List<String> known() {
        return environment.getPropertySources().stream()
                .filter(EnumerablePropertySource.class::isInstance)
                .flatMap(source -> List.of(((EnumerablePropertySource<?>) source).getPropertyNames()).stream())
                .filter(name -> name.startsWith("serai."))
                .distinct()
                .toList();
    }
}
