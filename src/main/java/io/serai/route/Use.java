package io.serai.route;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An endpoint that a step calls, or that a route starts from.
 *
 * @param step from, to, toD, wireTap, enrich ...
 * @param place where its address stands
 * @param uri the address, without the parameters that stand in it
 * @param dynamic whether parts of the address are only known when a message comes
 */
record Use(String step, Item place, String uri, Map<String, Item> parameters, boolean dynamic) {

    private static final Set<String> WITH_ADDRESS =
            Set.of("from", "to", "toD", "wireTap", "poll", "interceptFrom", "interceptSendToEndpoint", "afterUri", "deadLetterUri",
                    "deadLetterChannel");
    private static final Set<String> WITH_EXPRESSION = Set.of("enrich", "pollEnrich", "recipientList", "routingSlip", "dynamicRouter");
    private static final Set<String> LISTS = Set.of("recipientList", "routingSlip", "dynamicRouter");

    /** Where a message says what is called. */
    private static final String ANYWHERE = "${...}";

    private static final Set<String> DYNAMIC = Set.of("toD", "wireTap", "poll", "enrich", "pollEnrich", "recipientList", "routingSlip",
            "dynamicRouter");

    /** All that are used in a part of a file. */
    static List<Use> in(Item item) {
        List<Use> uses = new ArrayList<>();
        collect(item, uses);
        return uses;
    }

    private static void collect(Item item, List<Use> uses) {
        item.children().forEach((key, value) -> {
            if (WITH_ADDRESS.contains(key) && value.isText()) {
                uses.add(of(key, value, Map.of()));
            } else if (value.has("uri") && value.get("uri").isText()) {
                uses.add(of(key, value.get("uri"), value.get("parameters").children()));
            } else if (WITH_EXPRESSION.contains(key)) {
                addresses(key, value, uses);
            } else if (key.equals("saga")) {
                Stream.of("compensation", "completion").map(value::get).filter(Item::isText).forEach(address -> uses.add(of(key, address, Map.of())));
            }
            collect(value, uses);
        });
        item.items().forEach(each -> collect(each, uses));
    }

    /** A list of addresses in an expression; one that begins with a hole may lead anywhere, and so may one in a list that a message makes longer. */
    private static void addresses(String step, Item value, List<Use> uses) {
        Item language = value.get("expression").isMap() ? value.get("expression") : value;
        Item expression = language.has("simple") ? language.get("simple") : language.get("constant");
        Item text = expression.isText() ? expression : expression.get("expression");
        boolean isCutElsewhere = Stream.of("delimiter", "uriDelimiter").anyMatch(cut -> value.has(cut) && !value.word(cut).equals(","));
        if (!text.isText() || isCutElsewhere || LISTS.contains(step) && text.text().contains("${")) {
            uses.add(of(step, text.isText() ? text : value, ANYWHERE, Map.of()));
            return;
        }
        for (String address : text.text().split(",")) {
            uses.add(of(step, text, address.strip(), Map.of()));
        }
    }

    private static Use of(String step, Item place, Map<String, Item> parameters) {
        return of(step, place, place.text().strip(), parameters);
    }

    static Use of(String step, Item place, String address, Map<String, Item> parameters) {
        Map<String, Item> all = new LinkedHashMap<>();
        int question = address.indexOf('?');
        if (question >= 0) {
            for (String pair : address.substring(question + 1).split("&")) {
                int equals = pair.indexOf('=');
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                all.put(equals < 0 ? pair : pair.substring(0, equals), Item.text(place.file(), place.line(), place.column(), value, true));
            }
        }
        all.putAll(parameters);
        String bare = question < 0 ? address : address.substring(0, question);
        return new Use(step, place, bare, all, DYNAMIC.contains(step) && address.contains("${"));
    }

    /** A value as Camel hands it on: {@code RAW(...)} around it keeps it as it is. */
    static String plain(String value) {
        return value.matches("(?s)RAW(\\(.*\\)|\\{.*})") ? value.substring("RAW(".length(), value.length() - 1) : value;
    }

    /** The component; empty when only a message decides. */
    String scheme() {
        int colon = uri.indexOf(':');
        int hole = uri.indexOf("${");
        return hole >= 0 && (colon < 0 || hole < colon) ? "" : colon < 0 ? uri : uri.substring(0, colon);
    }

    String path() {
        int colon = uri.indexOf(':');
        String path = colon < 0 ? "" : uri.substring(colon + 1);
        return path.startsWith("//") ? path.substring(2) : path;
    }

    /** The name of the Kamelet that is called; empty when it is none. */
    String kamelet() {
        String path = scheme().equals("kamelet") ? path() : "";
        return path.equals("source") || path.equals("sink") ? "" : path.contains("/") ? path.substring(0, path.indexOf('/')) : path;
    }

    boolean isFrom() {
        return step.equals("from");
    }
}
