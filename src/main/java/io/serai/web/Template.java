package io.serai.web;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A text with places for what stands in a JSON document: {@code Order {/order/id} of {/customer/name|/customer/email}}. In the braces
 * stand JSON pointers (RFC 6901), of which the first that leads to something counts; {@code {}} is the whole document. A template that is
 * one bare pointer needs no braces.
 */
record Template(String text) {

    private static final Pattern PLACE = Pattern.compile("\\{((?:/[^{}]*)?)}");

    Template {
        text = text.startsWith("/") ? "{" + text + "}" : text;
    }

    /** The text with its places filled; a place that leads nowhere stays empty. */
    String fill(JsonNode json) {
        return PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(find(json, place.group(1)).orElse("")));
    }

    /** The same, or nothing when there is a place that leads nowhere. */
    Optional<String> fillWhole(JsonNode json) {
        boolean whole = PLACE.matcher(text).results().allMatch(place -> find(json, place.group(1)).isPresent());
        return whole ? Optional.of(fill(json)) : Optional.empty();
    }

    /** What the first of several pointers that leads anywhere leads to. */
    static Optional<JsonNode> at(JsonNode json, String pointers) {
        return nodes(json, pointers).findFirst();
    }

    private static Stream<JsonNode> nodes(JsonNode json, String pointers) {
        return Arrays.stream(pointers.split("\\|"))
                .map(String::strip)
                .map(pointer -> json.at(JsonPointer.compile(pointer)))
                .filter(node -> !node.isMissingNode());
    }

    private static Optional<String> find(JsonNode json, String pointers) {
        return nodes(json, pointers)
                .filter(node -> !node.isNull())
                .map(node -> node.isValueNode() ? node.asText() : node.toPrettyString())
                .filter(value -> !value.isBlank())
                .findFirst();
    }
}
