package io.serai.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.List;
import java.util.Set;

/** What a profile may hold: {@code memory/profile.schema.json}, and with it the form of an answer about what is new. */
final class Shape {

    private static final JsonSchemaFactory VERSION = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final String INFERRED = "x-inferred";
    private static final String FLEETING = "x-fleeting";

    /** Beyond it the list of what is wrong helps no model to repair it. */
    private static final int COMPLAINTS = 8;

    private final JsonNode schema;
    private final JsonNode told;
    private final JsonSchema answer;

    Shape(JsonNode schema) {
        this.schema = schema;
        this.told = withoutMarks(schema.deepCopy());
        this.answer = VERSION.getSchema(answer(told));
    }

    private static JsonNode answer(JsonNode profile) {
        ObjectNode root = profile.deepCopy();
        root.removeAll();
        ObjectNode parts = root.put("type", "object").put("additionalProperties", false).putObject("properties");
        parts.set("profile", profile);
        ObjectNode promises = parts.putObject("commitments").put("type", "array").put("maxItems", 20);
        ObjectNode promise = promises.putObject("items").put("type", "object").put("additionalProperties", false);
        promise.putArray("required").add("who").add("what");
        ObjectNode properties = promise.putObject("properties");
        properties.putObject("who").putArray("enum").add("us").add("them");
        properties.putObject("what").put("type", "string").put("minLength", 3).put("maxLength", 300);
        properties.putObject("due").put("type", "string").put("maxLength", 100);
        parts.putObject("fulfilled").put("type", "array").put("maxItems", 50).putObject("items").put("type", "integer");
        return root;
    }

    /** The schema as a model is told it. */
    String told() {
        return told.toString();
    }

    JsonNode schema() {
        return schema;
    }

    /** What is wrong with an answer; empty when nothing is. */
    List<String> complaints(JsonNode node) {
        Set<ValidationMessage> wrong = answer.validate(node);
        return wrong.stream().map(ValidationMessage::getMessage).sorted().limit(COMPLAINTS).toList();
    }

    /** What is wrong with a value of a path; text, as it stands in a fact, may say a number or a yes. */
    List<String> complaints(String path, String value) {
        JsonNode form = at(path);
        if (form.isMissingNode()) {
            return List.of("the schema knows it no longer");
        }
        return VERSION.getSchema(form, SchemaValidatorsConfig.builder().typeLoose(true).build()).validate(TextNode.valueOf(value)).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    /** Whether it need not stand word for word in what was said: it is marked so, or a choice among given words. */
    boolean isInferred(String path) {
        JsonNode at = at(path);
        return at.path(INFERRED).asBoolean() || at.has("enum") || at.path("type").asText().equals("boolean");
    }

    /** Whether only its latest value matters. */
    boolean isFleeting(String path) {
        return at(path).path(FLEETING).asBoolean();
    }

    /** How many items a list may hold. */
    int most(String list) {
        return at(list).path("maxItems").asInt(Integer.MAX_VALUE);
    }

    Stage stage() {
        return Stage.of(at(Merge.STAGE));
    }

    /**
     * Whether what somebody took out may be so again: a quantity, a budget, a choice, what is read between the lines. Who somebody is, which signatures
     * and quotes repeat, and items of lists are wrong for good.
     */
    boolean mayComeBack(String path) {
        return !isItem(path) && (!path.startsWith(Explicit.IDENTITY) || isInferred(path) || isFleeting(path));
    }

    /** An item, or what an item that is an object is known by. */
    private boolean isItem(String path) {
        int name = path.lastIndexOf('.') + 1;
        String of = path.substring(0, Math.max(0, name - 1));
        return path.endsWith("[]") || of.endsWith("]") && at(of).path("required").path(0).asText().equals(path.substring(name));
    }

    private JsonNode at(String path) {
        JsonNode node = schema;
        for (String step : path.split("\\.")) {
            node = node.path("properties").path(step.replaceFirst("\\[.*]$", ""));
            if (step.endsWith("]")) {
                node = node.path("items");
            }
        }
        return node;
    }

    private static JsonNode withoutMarks(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(List.of(INFERRED, FLEETING, "$comment", "$schema"));
            object.forEach(Shape::withoutMarks);
        } else if (node instanceof ArrayNode array) {
            array.forEach(Shape::withoutMarks);
        }
        return node;
    }

    /** For people: all complaints in a line. */
    static String line(List<String> complaints) {
        return String.join("; ", complaints);
    }
}
