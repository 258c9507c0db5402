package io.serai.memory;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Turns of speech in several languages, as a file of {@code memory/phrases} lists them: regular expressions of whole words, one a line. */
record Phrases(Pattern any) {

    private static final String NEVER = "(?!)";

    static Phrases read(String text) {
        String all = text.lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#")).collect(Collectors.joining("|"));
        return new Phrases(Pattern.compile(
                all.isEmpty() ? NEVER : "(?<![\\p{L}\\p{N}])(?:" + all + ")(?![\\p{L}\\p{N}])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
    }

    boolean in(String text) {
        return any.matcher(text).find();
    }
}
