package io.serai.profile;

/**
 * Something that is said to be so.
 *
 * @param path as {@code identity.company}, {@code pain_points[]} or {@code product_interest.products[heat pump x].interest}
 */
record Claim(String path, String value) {

    /** Whether there may be many values of this path: a list appends, everything else overrides. */
    boolean isOfList() {
        return path.endsWith("[]");
    }

    /** Whether it says the same, whatever its case and spacing. */
    boolean says(String other) {
        return fold(value).equals(fold(other));
    }

    static String fold(String text) {
        return text.strip().replaceAll("\\s+", " ").toLowerCase(java.util.Locale.ROOT);
    }
}
