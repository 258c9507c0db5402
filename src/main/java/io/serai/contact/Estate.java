package io.serai.contact;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which rows of which tables belong to a contact, as the foreign keys tell: a table that is added tomorrow is not forgotten.
 *
 * @param conditions by table, the condition under which a row belongs to {@code :contacts}; a table stands after those that its rows name
 */
record Estate(Map<String, String> conditions) {

    private static final String ROOT = "contact";

    /** Walks from the contact outwards; a table belongs by the keys to what is nearest to the contact. */
    static Estate of(Collection<ForeignKey> keys) {
        Map<String, String> reached = new LinkedHashMap<>(Map.of(ROOT, "id = any (:contacts)"));
        Map<String, String> ring = reached;
        while (!ring.isEmpty()) {
            Map<String, String> known = Map.copyOf(reached);
            ring = keys.stream()
                    .filter(key -> !known.containsKey(key.table()) && known.containsKey(key.parent()))
                    .collect(Collectors.groupingBy(ForeignKey::table, LinkedHashMap::new,
                            Collectors.collectingAndThen(Collectors.toList(), its -> condition(its, known))));
            reached.putAll(ring);
        }
        return new Estate(parentsFirst(reached, keys));
    }

    /** A row belongs by any of the keys of its table. For "or" between subqueries the database would read the whole table: it looks each up by itself. */
    private static String condition(List<ForeignKey> keys, Map<String, String> known) {
        ForeignKey one = keys.getFirst();
        Stream<String> conditions = keys.stream().map(key -> condition(key, known));
        if (keys.size() == 1 || one.rowColumn() == null || keys.stream().allMatch(key -> key.parent().equals(ROOT))) {
            return conditions.collect(Collectors.joining(" or "));
        }
        return conditions.map(condition -> "select " + one.rowColumn() + " from " + one.table() + " where " + condition)
                .collect(Collectors.joining(" union all ", one.rowColumn() + " in (", ")"));
    }

    private static String condition(ForeignKey key, Map<String, String> known) {
        boolean direct = key.parent().equals(ROOT);
        return key.column() + (direct ? " = any (:contacts)" : " in (select " + key.parentColumn() + " from " + key.parent() + " where " + known.get(key.parent()) + ")");
    }

    private static Map<String, String> parentsFirst(Map<String, String> conditions, Collection<ForeignKey> keys) {
        Map<String, String> sorted = new LinkedHashMap<>();
        List<String> left = new ArrayList<>(conditions.keySet());
        while (!left.isEmpty()) {
            List<String> free = left.stream()
                    .filter(table -> keys.stream().noneMatch(key -> key.table().equals(table) && !key.isWithin() && left.contains(key.parent())))
                    .toList();
            if (free.isEmpty()) {
                throw new IllegalStateException("the tables " + left + " name each other in a circle: none of them can be erased first");
            }
            free.forEach(table -> sorted.put(table, conditions.get(table)));
            left.removeAll(free);
        }
        return sorted;
    }
}
