package io.serai.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;

/**
 * Holds files against the JSON schema of Camel's YAML (schema/camelYamlDsl.json in camel-yaml-dsl). A validator of JSON schema would say which of
 * fifty alternatives failed; this walks the one that was meant, and knows where it stands.
 */
final class Dsl {

    private static final String LANGUAGES = "org.apache.camel.model.language.ExpressionDefinition";

    private final JsonNode root;
    private final JsonNode definitions;
    private final Map<String, JsonNode> languages = new LinkedHashMap<>();

    Dsl() {
        try (var schema = YamlRoutesBuilderLoader.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            root = new ObjectMapper().readTree(schema).get("items");
            definitions = root.get("definitions");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        for (JsonNode language : definitions.get(LANGUAGES).at("/anyOf/0/oneOf")) {
            language.path("properties").properties().forEach(property -> languages.put(property.getKey(), property.getValue()));
        }
    }

    void judge(Draft draft, Consumer<Fault> faults) {
        draft.documents().forEach((file, document) -> {
            if (document.isEmpty()) {
                return;
            }
            if (file.startsWith("routes/")) {
                if (document.items().isEmpty()) {
                    faults.accept(Fault.at(document, "a file of routes is a list", "begin with '- route:'"));
                }
                document.items().forEach(element -> judge(element, root, "an element", faults));
            } else {
                judge(document.get("spec").get("template").get("from"), definitions.get("org.apache.camel.model.FromDefinition"), "from", faults);
            }
        });
    }

    private void judge(Item item, JsonNode given, String what, Consumer<Fault> faults) {
        JsonNode schema = resolve(given);
        if (schema.isEmpty()) {
            return;
        }
        if (item.isText()) {
            text(item, schema, what, faults);
        } else if (!item.items().isEmpty()) {
            list(item, schema, what, faults);
        } else if (item.isMap()) {
            JsonNode object = object(schema);
            if (object == null) {
                faults.accept(Fault.at(item, "'" + what + "' wants a " + type(schema) + ", not keys", null));
            } else {
                map(item, schema, object, what, faults);
            }
        } else if (object(schema) != null) {
            required(item, schema, object(schema), what, faults);
        }
    }

    private void map(Item item, JsonNode schema, JsonNode object, String what, Consumer<Fault> faults) {
        JsonNode properties = object.path("properties");
        boolean closed = object.has("additionalProperties") && !object.get("additionalProperties").asBoolean(true);
        item.entries().forEach((key, value) -> {
            JsonNode property = properties.get(key.text());
            if (property == null) {
                if (closed) {
                    faults.accept(Fault.at(key, (what.contains(" ") ? "there is no %s '%s'".formatted(
                            what.substring(what.indexOf(' ') + 1), key.text())
                            : "'%s' knows no '%s'".formatted(what, key.text())), Nearest.hint(key.text(), names(properties))));
                }
                return;
            }
            judge(value, property.isEmpty() && languages.containsKey(key.text()) ? languages.get(key.text()) : property, key.text(), faults);
        });
        if (object.path("maxProperties").asInt(Integer.MAX_VALUE) < item.entries().size()) {
            Item second = new ArrayList<>(item.entries().keySet()).get(1);
            faults.accept(Fault.at(second, "'%s' stands in the same list item as another step".formatted(second.text()), "begin it with '- '"));
        }
        required(item, schema, object, what, faults);
    }

    private static void required(Item item, JsonNode schema, JsonNode object, String what, Consumer<Fault> faults) {
        for (JsonNode each : List.of(schema, object)) {
            for (JsonNode name : each.path("required")) {
                if (!item.has(name.asText()) && item.line() > 0) {
                    faults.accept(Fault.at(item, "'%s' needs '%s'".formatted(what, name.asText()), null));
                }
            }
            if (schema == object) {
                return;
            }
        }
    }

    private void list(Item item, JsonNode schema, String what, Consumer<Fault> faults) {
        if (!schema.has("items")) {
            faults.accept(Fault.at(item, "'" + what + "' is no list", null));
            return;
        }
        item.items().forEach(each -> judge(each, schema.get("items"), what.equals("steps") ? "a step" : what, faults));
    }

    private void text(Item item, JsonNode schema, String what, Consumer<Fault> faults) {
        List<JsonNode> alternatives = new ArrayList<>(List.of(schema));
        schema.path("oneOf").forEach(alternative -> alternatives.add(resolve(alternative)));
        List<JsonNode> scalars = alternatives.stream().filter(each -> Set.of("string", "boolean", "number", "integer")
                .contains(each.path("type").asText())).toList();
        boolean anything = alternatives.stream().noneMatch(each -> each.has("type"));
        if (scalars.isEmpty() && !anything) {
            faults.accept(Fault.at(item, "'%s' wants a %s, not '%s'".formatted(what, type(schema), shortened(item.text())), null));
            return;
        }
        for (JsonNode scalar : scalars) {
            List<String> values = StreamSupport.stream(scalar.path("enum").spliterator(), false).map(JsonNode::asText).toList();
            boolean hole = item.text().contains("{{") || item.text().contains("${");
            if (!values.isEmpty() && !hole && values.stream().noneMatch(item.text()::equalsIgnoreCase)) {
                faults.accept(Fault.at(item, "'%s' cannot be '%s'".formatted(what, item.text()), Nearest.hint(item.text(), values)));
            } else if (scalar.path("type").asText().equals("boolean") && !hole && !item.text().matches("true|false")) {
                faults.accept(Fault.at(item, "'%s' is true or false, not '%s'".formatted(what, shortened(item.text())), null));
            } else if (scalar.path("type").asText().matches("number|integer") && !hole && !item.text().matches("-?[0-9.]+")) {
                faults.accept(Fault.at(item, "'%s' is a number, not '%s'".formatted(what, shortened(item.text())), null));
            }
        }
    }

    private JsonNode resolve(JsonNode schema) {
        String reference = schema.path("$ref").asText();
        return reference.isEmpty() ? schema : definitions.get(reference.substring("#/items/definitions/".length()));
    }

    /** The alternative that has keys. */
    private JsonNode object(JsonNode schema) {
        if (schema.has("properties") || schema.path("type").asText().equals("object")) {
            return schema.has("properties") ? schema : languagesOr(schema);
        }
        for (JsonNode alternative : schema.path("oneOf")) {
            JsonNode resolved = resolve(alternative);
            if (resolved.has("properties") || resolved.path("type").asText().equals("object")) {
                return resolved;
            }
        }
        return null;
    }

    /** An expression is one key, its language. */
    private JsonNode languagesOr(JsonNode schema) {
        if (!schema.has("anyOf")) {
            return schema;
        }
        var mapper = new ObjectMapper();
        var object = mapper.createObjectNode().put("type", "object").put("additionalProperties", false).put("maxProperties", 1);
        object.set("properties", mapper.valueToTree(languages));
        return object;
    }

    private static List<String> names(JsonNode properties) {
        List<String> names = new ArrayList<>();
        properties.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String type(JsonNode schema) {
        return switch (schema.path("type").asText()) {
            case "array" -> "list";
            case "object", "" -> "block of keys";
            default -> schema.path("type").asText();
        };
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "..." : text;
    }
}
