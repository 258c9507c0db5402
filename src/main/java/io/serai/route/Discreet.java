package io.serai.route;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.springframework.core.env.PropertyResolver;

/** Faults are read by more people than settings: what a placeholder was filled with is told as the placeholder that stands in the file. */
final class Discreet {

    private static final Pattern HOLE = Pattern.compile("\\{\\{[?!]?(?:env:)?([^{}:]+)(?::[^{}]*)?}}");

    /** Characters; what is shorter is no secret, and stands in many a word. */
    private static final int SHORTEST = 4;

    private Discreet() {}

    /** What may be told of what Camel says, in which it repeats what it could not use. */
    static UnaryOperator<String> of(Draft draft, PropertyResolver settings) {
        Map<String, String> holes = new TreeMap<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        draft.documents().values().forEach(document -> document.texts().forEach(text -> HOLE.matcher(text.text()).results().forEach(hole -> {
            String value = settings.getProperty(hole.group(1).strip(), "").strip();
            if (value.length() >= SHORTEST) {
                holes.put(value, hole.group());
                holes.put(URLEncoder.encode(value, StandardCharsets.UTF_8), hole.group());
            }
        })));
        return said -> told(said, holes);
    }

    private static String told(String said, Map<String, String> holes) {
        String told = said;
        for (Map.Entry<String, String> hole : holes.entrySet()) {
            told = told.replace(hole.getKey(), hole.getValue());
        }
        return told;
    }
}
