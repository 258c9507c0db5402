package io.serai;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills the {@code {holes}} of a text. What is filled in is not looked at again: a hole in a customer's words stays as it is. */
public final class Holes {

    private static final Pattern HOLE = Pattern.compile("\\{([a-z][a-z_]*|/[^{}\\s]*)}");

    private Holes() {}

    /** @param values what stands in a hole of this name; null leaves it as it is */
    public static String fill(String text, UnaryOperator<String> values) {
        return HOLE.matcher(text).replaceAll(hole -> {
            String value = values.apply(hole.group(1));
            return Matcher.quoteReplacement(value == null ? hole.group() : value);
        });
    }
}
