package io.serai.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.message.Layer;
import io.serai.message.Line;
import io.serai.message.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Adds a layer that another system told: an array of objects with {@code source} and {@code text}. Whatever else it says tells nothing. */
@Component("consult")
class Consult {

    /** What sources of our own begin with. */
    private static final Set<String> OURS = Set.of("message", "note");

    private final ObjectMapper json;

    Consult(ObjectMapper json) {
        this.json = json;
    }

    /**
     * @param answer what the other system said; blank when it did not answer
     * @param budget tokens the layer may cost
     */
    public Prompt consult(Prompt prompt, String answer, String name, String heading, int budget) {
        LayerFile file = new LayerFile(name, heading, Layer.Place.TURN, true, false, null, "");
        try {
            JsonNode told = json.readTree(answer == null || answer.isBlank() ? "null" : answer);
            return prompt.with(told.isArray()
                    ? Fit.into(budget, prompt.allowance(budget), file, lines(name, told))
                    : file.without(budget, "the other system did not answer with an array"));
        } catch (JsonProcessingException malformed) {
            return prompt.with(file.without(budget, "the other system did not answer with JSON"));
        }
    }

    /** No line of another system passes for a note or a message of ours, however the layer is called. */
    private static List<Line> lines(String name, JsonNode told) {
        String system = OURS.contains(name) ? "their " + name : name;
        List<Line> lines = new ArrayList<>();
        for (JsonNode line : told) {
            if (!line.path("text").asText().isBlank()) {
                lines.add(new Line(system + ":" + line.path("source").asText(String.valueOf(lines.size() + 1)), null, null, line.path("text").asText()));
            }
        }
        return lines;
    }
}
