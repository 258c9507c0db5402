package io.serai.email;

import java.util.regex.Pattern;

/** Foreign text as it can be kept. */
class Cleaned {

    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]|[\\uFEFF\\u00AD\\u200B\\u2060]");
    /** Characters that turn the direction of what follows: a file is not what its name seems to be. */
    private static final Pattern TURNING = Pattern.compile("[\\u202A-\\u202E\\u2066-\\u2069]");

    private Cleaned() {}

    /** Without control characters, of which PostgreSQL cannot keep NUL; half a surrogate pair becomes the replacement character. */
    static String text(String foreign) {
        String text = UNPRINTABLE.matcher(foreign.replace("\r\n", "\n").replace('\r', '\n')).replaceAll("");
        return text.codePoints()
                .map(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** One line of it: whatever ends a line becomes a blank, so that it can stand in a header. */
    static String line(String foreign) {
        return TURNING.matcher(text(foreign)).replaceAll("").replaceAll("[\\s\\u2028\\u2029\\u0085]+", " ").strip();
    }
}
