package io.serai.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A profile in JSON as single claims; what is empty claims nothing. */
final class Claims {

    private final List<Claim> claims = new ArrayList<>();

    private Claims() {}

    /** @param profile valid by the schema: an item of a list of objects is known by the first property that is required of it */
    static List<Claim> of(JsonNode profile, JsonNode schema) {
        var all = new Claims();
        all.read("", profile, schema);
        return all.claims;
    }

    private void read(String path, JsonNode node, JsonNode schema) {
        if (node.isObject()) {
            node.properties().forEach(field -> read(join(path, field.getKey()), field.getValue(), schema.path("properties").path(field.getKey())));
        } else if (node.isArray()) {
            node.forEach(item -> readItem(path, item, schema.path("items")));
        } else if (!node.asText().isBlank()) {
            claims.add(new Claim(path, node.asText().strip()));
        }
    }

    private void readItem(String path, JsonNode item, JsonNode schema) {
        if (item.isObject()) {
            String key = item.path(schema.path("required").path(0).asText()).asText();
            read(path + "[" + Claim.fold(key).replaceAll("[\\[\\].]", " ").strip() + "]", item, schema);
        } else {
            read(path + "[]", item, schema);
        }
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** The same JSON without what is null, blank or empty: that says nothing. */
    static JsonNode pruned(JsonNode node) {
        JsonNode copy = node.deepCopy();
        prune(copy);
        return copy;
    }

    private static boolean prune(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object.removeIf(Claims::prune).isEmpty();
        }
        if (node instanceof ArrayNode array) {
            return array.removeIf(Claims::prune).isEmpty();
        }
        return node.isNull() || node.isTextual() && node.asText().isBlank();
    }
}
