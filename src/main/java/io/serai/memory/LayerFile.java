package io.serai.memory;

import io.serai.message.Cut;
import io.serai.message.Layer;
import io.serai.message.Refused;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A layer as its file tells it: comments with its heading and its place, then one query. The query must ask for {@code :contact}: a layer that
 * could tell one contact what another said is refused, and so is one that could tell an isolated conversation what was said elsewhere, or that is more
 * than {@link OneQuery one query}.
 *
 * @param database the database it is asked of, a key of {@code serai.databases}: {@code -- database: shop}; null for our own
 * @param isolated whether an isolated conversation is told it too: {@code -- isolated: told}; then it must ask for {@code :reach} or
 *     {@code :conversation}
 * @param whole whether all of it is told whatever it costs, the other layers having less then: {@code -- cut: never}
 */
record LayerFile(String name, String heading, Layer.Place place, boolean isolated, boolean whole, String database, String sql, Asks asks) {

    /** What the query asks for, so that nothing is found out in vain before it is asked. */
    private record Asks(boolean meaning, boolean recollections, boolean handles, boolean shown) {

        static Asks of(String sql) {
            return new Asks(sql.contains(":embedding") || sql.contains(":planes"), sql.contains("from recollection"), HANDLES.matcher(sql).find(), sql.contains(":shown"));
        }
    }

    private static final Pattern ISOLATED = Pattern.compile("(?m)^-- *isolated: *told *$");
    private static final Pattern WHOLE = Pattern.compile("(?m)^-- *cut: *never *$");

    /** Another database knows our contacts by their addresses. */
    private static final Pattern CONTACT = Pattern.compile(":contact\\b");

    private static final Pattern WITHIN = Pattern.compile(":(?:reach|conversation)\\b");
    private static final Pattern HANDLES = Pattern.compile(":handles\\b");
    private static final Pattern DATABASE = Pattern.compile("(?m)^-- *database: *(\\S+) *$");

    LayerFile(String name, String heading, Layer.Place place, boolean isolated, boolean whole, String database, String sql) {
        this(name, heading, place, isolated, whole, database, sql, Asks.of(sql));
    }

    static LayerFile read(String name, String text) {
        String database = database(text);
        slip(text).ifPresent(slip -> {
            throw new Refused("memory/layers/%s.sql, line %d: %s".formatted(name, slip.line(), slip.what()));
        });
        String query = text.replaceAll("(?m)--.*$", "");
        if (!CONTACT.matcher(query).find() && (database == null || !HANDLES.matcher(query).find())) {
            throw new Refused("memory/layers/%s.sql does not filter by :contact; add `where contact_id = :contact` (or `in (:handles)`, in another database)"
                    .formatted(name));
        }
        boolean isolated = ISOLATED.matcher(text).find();
        if (isolated && database == null && !WITHIN.matcher(query).find()) {
            throw new Refused("memory/layers/%s.sql is told in isolated conversations and could tell of others; filter by :reach or :conversation"
                    .formatted(name));
        }
        return new LayerFile(name, comment(name, "heading", text), place(name, comment(name, "place", text)), isolated,
                WHOLE.matcher(text).find(), database, text);
    }

    /** Why it is not one query, as the database that it is asked of would read it. */
    static Optional<OneQuery.Slip> slip(String text) {
        return database(text) == null ? OneQuery.slip(text) : OneQuery.slipElsewhere(text);
    }

    private static String database(String text) {
        Matcher named = DATABASE.matcher(text);
        return named.find() ? named.group(1) : null;
    }

    /** Whether the query searches by meaning; only then the text is embedded. */
    boolean embeds() {
        return asks.meaning();
    }

    /** Whether what the query finds is the same whatever was laid before it. */
    boolean asksOnlyOfTheTurn() {
        return database == null && !embeds() && !recollects() && !asksHandles() && !asks.shown();
    }

    /** Whether the query searches what was said, and can find nothing when all of that stands in the prompt; the talk itself is what stands there. */
    boolean recollects() {
        return place != Layer.Place.TALK && asks.recollections();
    }

    /** Whether the query asks by the contact's addresses. */
    boolean asksHandles() {
        return asks.handles();
    }

    /** The layer when it tells nothing. */
    Layer without(int budget, String why) {
        return new Layer(name, heading, place, whole, budget, List.of(), 0, List.of(new Cut(null, why)));
    }

    private static String comment(String name, String key, String text) {
        Matcher found = Pattern.compile("(?m)^-- *" + key + ": *(.+?) *$").matcher(text);
        if (!found.find()) {
            throw new Refused("memory/layers/%s.sql has no line `-- %s: ...`".formatted(name, key));
        }
        return found.group(1);
    }

    private static Layer.Place place(String name, String word) {
        try {
            return Layer.Place.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new Refused("memory/layers/%s.sql: place '%s' is none of prefix, talk, turn".formatted(name, word), unknown);
        }
    }
}
