package io.serai.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The components of this hub with their options, from the catalogue entry that each carries in its jar. What is in the hub counts, not what Camel
 * has: a route to a component that is missing would not start.
 */
final class Components {

    private static final String SERVICES = "META-INF/services/org/apache/camel/component/";
    private static final JsonNode UNKNOWN = new ObjectMapper().missingNode();

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, JsonNode> known = new ConcurrentHashMap<>();

    boolean has(String scheme) {
        return !entry(scheme).isMissingNode();
    }

    /** All there are; looked for only when one is to be suggested. */
    Set<String> names() {
        Set<String> names = new TreeSet<>(Set.of("work"));
        try {
            for (Resource service : new PathMatchingResourcePatternResolver().getResources("classpath*:" + SERVICES + "*")) {
                names.add(service.getFilename());
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return names;
    }

    /** Whether its options are right. */
    void judge(Use use, Consumer<Fault> faults) {
        JsonNode entry = entry(use.scheme());
        JsonNode component = entry.path("component");
        if (use.isFrom() && component.path("producerOnly").asBoolean()) {
            faults.accept(Fault.at(use.place(), "nothing comes from '" + use.scheme() + "'; it can only be sent to", null));
        } else if (!use.isFrom() && component.path("consumerOnly").asBoolean() && !use.step().matches("poll.*")) {
            faults.accept(Fault.at(use.place(), "nothing can be sent to '" + use.scheme() + "'; a route can only start from it", null));
        }
        boolean lenient = component.path("lenientProperties").asBoolean();
        use.parameters().forEach((name, value) -> option(use, entry.path("properties"), name, value, lenient, faults));
        path(use, entry.path("properties"), faults);
        for (Map.Entry<String, JsonNode> property : entry.path("properties").properties()) {
            boolean missing = property.getValue().path("required").asBoolean() && property.getValue().path("kind").asText().equals("parameter")
                    && !use.parameters().containsKey(property.getKey()) && !property.getValue().has("defaultValue");
            if (missing) {
                faults.accept(Fault.at(use.place(), "'%s' needs the option '%s'".formatted(use.scheme(), property.getKey()), null));
            }
        }
    }

    private static void option(Use use, JsonNode properties, String name, Item value, boolean lenient, Consumer<Fault> faults) {
        JsonNode option = properties.get(name);
        if (option == null && !hasPrefix(properties, name)) {
            if (!lenient && !name.contains("${")) {
                Item place = use.place().line() == value.line() ? use.place() : value;
                List<String> names = new ArrayList<>();
                properties.properties().stream().filter(each -> each.getValue().path("kind").asText().equals("parameter"))
                        .forEach(each -> names.add(each.getKey()));
                faults.accept(Fault.at(place, "'%s' has no option '%s'".formatted(use.scheme(), name), Nearest.hint(name, names)));
            }
        } else if (option != null) {
            value(use.scheme(), name, option, value, faults);
        }
    }

    private static boolean hasPrefix(JsonNode properties, String name) {
        return properties.properties().stream().anyMatch(each -> !each.getValue().path("prefix").asText().isEmpty()
                && name.startsWith(each.getValue().path("prefix").asText()));
    }

    private static void value(String scheme, String name, JsonNode option, Item value, Consumer<Fault> faults) {
        String text = value.isText() ? value.text() : "";
        if (text.contains("{{") || text.contains("${") || text.startsWith("#") || text.isEmpty()) {
            return;
        }
        List<String> allowed = new ArrayList<>();
        option.path("enum").forEach(each -> allowed.add(each.asText()));
        String java = option.path("javaType").asText();
        if (!allowed.isEmpty() && allowed.stream().noneMatch(each -> plain(each).equals(plain(text)))) {
            faults.accept(Fault.at(value, "'%s' of '%s' cannot be '%s'".formatted(name, scheme, text), Nearest.hint(text, allowed)));
        } else if (java.matches("boolean|java.lang.Boolean") && !text.matches("true|false")) {
            faults.accept(Fault.at(value, "'%s' of '%s' is true or false, not '%s'".formatted(name, scheme, text), null));
        } else if (java.matches("int|java.lang.Integer") && !text.matches("-?[0-9]+")) {
            faults.accept(Fault.at(value, "'%s' of '%s' is a whole number, not '%s'".formatted(name, scheme, text), null));
        } else if (java.equals("java.time.Duration") && !text.matches("-?[0-9]+(ms|s|m|h|d)?|([0-9]+[a-z]+)+|PT?.*")) {
            faults.accept(Fault.at(value, "'%s' of '%s' is a time, not '%s'".formatted(name, scheme, text), "write such as 500ms, 12s or 5m"));
        }
    }

    /** A word in the address that must be one of a few: {@code work:turns}. */
    private static void path(Use use, JsonNode properties, Consumer<Fault> faults) {
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            boolean whole = property.getValue().path("kind").asText().equals("path") && property.getValue().has("enum")
                    && !use.path().matches(".*[/:{$].*");
            List<String> allowed = new ArrayList<>();
            property.getValue().path("enum").forEach(each -> allowed.add(each.asText()));
            if (whole && single(properties) && allowed.stream().noneMatch(each -> plain(each).equals(plain(use.path())))) {
                faults.accept(Fault.at(use.place(), "'%s' knows no '%s'".formatted(use.scheme(), use.path()), Nearest.hint(use.path(), allowed)));
            }
        }
        boolean wanted = single(properties)
                && properties.properties().stream().anyMatch(each -> each.getValue().path("kind").asText().equals("path")
                        && each.getValue().path("required").asBoolean());
        if (wanted && use.path().isBlank()) {
            faults.accept(Fault.at(use.place(), "'" + use.scheme() + ":' needs a name behind the colon", null));
        }
    }

    private static boolean single(JsonNode properties) {
        return properties.properties().stream().filter(each -> each.getValue().path("kind").asText().equals("path")).count() == 1;
    }

    /** Camel does not mind case and dashes in enums. */
    private static String plain(String value) {
        return value.toLowerCase(java.util.Locale.ROOT).replace("-", "").replace("_", "");
    }

    private JsonNode entry(String scheme) {
        return scheme.matches("[a-z0-9+.-]+") ? known.computeIfAbsent(scheme, this::read) : UNKNOWN;
    }

    private JsonNode read(String scheme) {
        ClassLoader loader = getClass().getClassLoader();
        try (InputStream service = loader.getResourceAsStream(SERVICES + scheme)) {
            Properties properties = new Properties();
            if (service != null) {
                properties.load(service);
            } else if (!scheme.equals("work")) {
                return UNKNOWN;
            }
            String type = properties.getProperty("class", "io.serai.work.WorkComponent");
            try (InputStream entry = loader.getResourceAsStream("META-INF/" + type.substring(0, type.lastIndexOf('.')).replace('.', '/') + "/"
                    + scheme + ".json")) {
                return entry == null ? json.createObjectNode().set("component", json.createObjectNode().put("lenientProperties", true))
                        : json.readTree(entry);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
