package io.serai.think;

import java.util.List;

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
    }
}
