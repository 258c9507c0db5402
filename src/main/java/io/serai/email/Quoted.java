package io.serai.email;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Quoted strings and comments in the value of a header (RFC 5322, sections 3.2.2 and 3.2.4). */
class Quoted {

    /** What stands in quotes; possessive, since for any other repeated group java.util.regex calls itself once a round, until the stack overflows. */
    static final String INSIDE = "(?:[^\"\\\\]++|\\\\.)*+";

    private static final String COMMENT = "\\([^()\"]*+\\)";
    private static final Pattern COMMENTS = Pattern.compile(COMMENT);
    /** A quote that is never closed is found too, so that the rest is not gone through again from each quote in it. */
    private static final Pattern EITHER = Pattern.compile("(?s)\"" + INSIDE + "(\")?|" + COMMENT);

    private Quoted() {}

    /**
     * @param quoted what becomes of a string in quotes, with them
     * @param comment what stands for a comment; comments within comments are not looked for
     */
    static String replace(String value, UnaryOperator<String> quoted, String comment) {
        return EITHER.matcher(value).replaceAll(found -> {
            String text = found.group();
            boolean closed = found.group(1) != null;
            return Matcher.quoteReplacement(closed ? quoted.apply(text) : COMMENTS.matcher(text).replaceAll(comment));
        });
    }
}
