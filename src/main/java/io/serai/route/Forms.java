package io.serai.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A text that a Kamelet is handed has the form that its parameter is said to have: {@code pattern}, or {@code format: json}. */
final class Forms {

    /** A line end may stand in a text as itself: to Camel {@code \n} is one before anybody reads JSON. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Forms() {}

    /** @param text the value, as Camel hands it on */
    static void judge(String kamelet, String name, Item parameter, Item value, String text, Consumer<Fault> faults) {
        if (text.contains("}}")) {
            faults.accept(Fault.at(value, "Camel takes '}}' for the end of a placeholder", "} }"));
        }
        if (parameter.has("pattern") && !matches(parameter.get("pattern"), text, faults)) {
            faults.accept(Fault.at(value, "'%s' of Kamelet '%s' cannot be '%s'".formatted(name, kamelet, text),
                    parameter.word("description").strip().replaceAll("\\s+", " ")));
        }
        if (parameter.word("format").equals("json")) {
            json(kamelet, name, value, text, faults);
        }
    }

    private static boolean matches(Item pattern, String text, Consumer<Fault> faults) {
        try {
            return Pattern.matches(String.valueOf(pattern.text()), text);
        } catch (PatternSyntaxException unreadable) {
            faults.accept(Fault.at(pattern, "this is no pattern: " + unreadable.getDescription(), null));
            return true;
        }
    }

    private static void json(String kamelet, String name, Item value, String text, Consumer<Fault> faults) {
        try {
            if (JSON.readTree(text).isMissingNode()) {
                faults.accept(Fault.at(value, "'%s' of Kamelet '%s' is empty, and no JSON".formatted(name, kamelet), null));
            }
        } catch (JsonProcessingException malformed) {
            faults.accept(Fault.at(value, "'%s' of Kamelet '%s' is no JSON: %s".formatted(name, kamelet, malformed.getOriginalMessage()), null));
        }
    }
}
