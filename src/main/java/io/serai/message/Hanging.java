package io.serai.message;

import java.util.regex.Pattern;

/**
 * What somebody wrote, behind the mark of its line: what continues it is indented, so that none can pass for two. A line ends wherever a reader may see an
 * end: a model takes U+2028 for one as well.
 */
public final class Hanging {

    public static final String INDENT = "  ";

    private static final Pattern BREAK = Pattern.compile("\\R");

    private Hanging() {}

    public static String of(String text) {
        return String.join("\n" + INDENT, BREAK.split(text));
    }
}
