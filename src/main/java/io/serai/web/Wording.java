package io.serai.web;

import java.util.regex.Pattern;

/** What a visitor typed, as it can be kept. */
class Wording {

    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");

    private Wording() {}

    /**
     * Line ends as \n; without control characters, of which PostgreSQL cannot keep NUL; half a surrogate pair becomes the replacement
     * character (Unicode, section 23.8).
     */
    static String clean(String typed) {
        String text = UNPRINTABLE.matcher(typed.replace("\r\n", "\n").replace('\r', '\n')).replaceAll("");
        return text.codePoints()
                .map(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
