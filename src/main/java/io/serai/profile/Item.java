package io.serai.profile;

import java.util.List;
import java.util.regex.Pattern;

/**
 * An item of a list that something is known of.
 *
 * @param list the path of the list, as {@code pain_points}, {@code product_interest.products} or {@code product_interest.products[pump b].quotes_sent}
 * @param name what it is known by: its value, or of an object the word in brackets
 */
record Item(String list, String name) {

    private static final Pattern BRACKETS = Pattern.compile("\\[([^\\[\\]]*)]");

    /** The items that a value belongs to: of a list in an item of a list both. */
    static List<Item> of(String path, String value) {
        return BRACKETS.matcher(path).results()
                .map(found -> new Item(path.substring(0, found.start()), found.group(1).isEmpty() ? Claim.fold(value) : found.group(1)))
                .toList();
    }
}
