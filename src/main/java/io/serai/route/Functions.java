package io.serai.route;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The functions of simple in a text: what stands in each {@code ${...}}. */
final class Functions {

    private static final Pattern START = Pattern.compile("\\$(?:simple)?\\{");
    private static final Pattern OPENING = Pattern.compile("\\$[a-z]*$");

    private Functions() {}

    /** Also those within another; to the end of the text where one is not closed. */
    static List<String> in(String text) {
        List<String> bodies = new ArrayList<>();
        Matcher start = START.matcher(text);
        while (start.find()) {
            int end = end(text, start.end());
            bodies.add(end < 0 ? text.substring(start.end()) : text.substring(start.end(), end));
        }
        return bodies;
    }

    /** Whether a text, with what stands behind it, could become a function that no rule has seen whole. */
    static boolean isHalf(String text) {
        return isOpening(text) || START.matcher(text).results().anyMatch(start -> end(text, start.end()) < 0);
    }

    /** Whether a text ends as a function begins. */
    static boolean isOpening(String text) {
        return OPENING.matcher(text).find();
    }

    /** Where what begins here is closed, or -1. */
    private static int end(String text, int start) {
        int depth = 1;
        for (int at = start; at < text.length(); at++) {
            depth += text.charAt(at) == '{' ? 1 : text.charAt(at) == '}' ? -1 : 0;
            if (depth == 0) {
                return at;
            }
        }
        return -1;
    }
}
