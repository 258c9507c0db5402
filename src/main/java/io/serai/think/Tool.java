package io.serai.think;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a model may ask for while it thinks, as it is told.
 *
 * @param parameters in the order in which they are declared
 */
public record Tool(String name, String description, List<Parameter> parameters) {

    public Tool {
        parameters = List.copyOf(parameters);
    }

    /**
     * @param type {@code string}, {@code integer}, {@code number} or {@code boolean}
     * @param choices what it may be; empty for anything
     */
    public record Parameter(String name, String type, String description, boolean optional, List<String> choices) {

        public Parameter {
            choices = List.copyOf(choices);
        }

        /** As they stand in a route: separated by commas; none for anything. */
        public static List<String> choices(String list) {
            return list == null ? List.of() : Stream.of(list.split(",")).map(String::strip).filter(choice -> !choice.isEmpty()).toList();
        }
    }
}
