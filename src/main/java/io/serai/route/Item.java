package io.serai.route;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A value in a YAML file, and where it stands. Either a text, or entries, or items; all three empty for nothing at all.
 *
 * @param plain whether a text stands without quotes, so that it may be a number or a truth value
 */
record Item(String file, int line, int column, String text, boolean plain, Map<Item, Item> entries, List<Item> items) {

    static Item text(String file, int line, int column, String text, boolean plain) {
        return new Item(file, line, column, text, plain, Map.of(), List.of());
    }

    static Item nothing(String file) {
        return new Item(file, 1, 1, null, true, Map.of(), List.of());
    }

    boolean isText() {
        return text != null;
    }

    boolean isMap() {
        return !entries.isEmpty();
    }

    boolean isEmpty() {
        return text == null && entries.isEmpty() && items.isEmpty();
    }

    /** The value of a key, or nothing, which stands where this does. */
    Item get(String key) {
        return entries.entrySet().stream()
                .filter(entry -> key.equals(entry.getKey().text()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> new Item(file, line, column, null, true, Map.of(), List.of()));
    }

    /** The text of a key, or an empty one. */
    String word(String key) {
        String word = get(key).text();
        return word == null ? "" : word;
    }

    boolean has(String key) {
        return entries.keySet().stream().anyMatch(item -> key.equals(item.text()));
    }

    /** The key itself, for its place. */
    Item key(String key) {
        return entries.keySet().stream().filter(item -> key.equals(item.text())).findFirst().orElse(this);
    }

    Map<String, Item> children() {
        Map<String, Item> children = new LinkedHashMap<>();
        entries.forEach((key, value) -> children.put(String.valueOf(key.text()), value));
        return children;
    }

    /** Shows this and everything in it. */
    void visit(Consumer<Item> visitor) {
        visitor.accept(this);
        entries.values().forEach(value -> value.visit(visitor));
        items.forEach(item -> item.visit(visitor));
    }

    List<Item> texts() {
        List<Item> texts = new ArrayList<>();
        visit(item -> {
            if (item.isText()) {
                texts.add(item);
            }
        });
        return texts;
    }
}
