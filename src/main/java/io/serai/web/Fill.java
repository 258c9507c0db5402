package io.serai.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.springframework.stereotype.Component;

/** Writes the JSON that a foreign system wants, by a template; what is filled in stays text, whatever stands in it. The counterpart of {@code interpret}. */
@Component("fill")
class Fill {

    private final ObjectMapper json;
    private final ObjectReader templates;

    Fill(ObjectMapper json) {
        this.json = json;
        this.templates = json.reader().with(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS); // Camel makes a line end of \n before this is called
    }

    /**
     * @param body a parcel, or any record
     * @param template JSON in whose texts JSON pointers in braces stand for what they lead to in the body: {@code {"text": "{/text}"}}
     */
    public String fill(Object body, String template) {
        try {
            return json.writeValueAsString(filled(templates.readTree(template), json.valueToTree(body)));
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("the template is no JSON: " + malformed.getOriginalMessage(), malformed);
        }
    }

    private static JsonNode filled(JsonNode node, JsonNode body) {
        switch (node) {
            case ObjectNode object -> object.properties().forEach(field -> field.setValue(filled(field.getValue(), body)));
            case ArrayNode array -> {
                for (int each = 0; each < array.size(); each++) {
                    array.set(each, filled(array.get(each), body));
                }
            }
            case TextNode text -> {
                return TextNode.valueOf(new Template(text.textValue()).fill(body));
            }
            default -> {
                return node;
            }
        }
        return node;
    }
}
