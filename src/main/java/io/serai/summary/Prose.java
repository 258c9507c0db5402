package io.serai.summary;

import io.serai.message.Beginning;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps prose as short as it is to be, whoever wrote it. */
final class Prose {

    /** In characters; where no spaces are between words, this is what counts. */
    private static final int LONG_WORD = 10;

    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final Pattern END = Pattern.compile("[.!?](?=\\s)|[。！？]");

    private Prose() {}

    /** The text, or as much of it as so many words hold: whole sentences, unless half of it would go. */
    static String within(int words, String text) {
        int end = Math.min(end(words, text), words * LONG_WORD);
        if (end >= text.length()) {
            return text;
        }
        int stop = 0;
        for (Matcher sentence = END.matcher(text).region(0, end + 1); sentence.find() && sentence.end() <= end; ) {
            stop = sentence.end();
        }
        return stop > end / 2 ? text.substring(0, stop) : Beginning.of(text, end) + "…";
    }

    private static int end(int words, String text) {
        Matcher word = WORD.matcher(text);
        int end = 0;
        for (int count = 0; count < words && word.find(); count++) {
            end = word.end();
        }
        return word.find() ? end : text.length();
    }
}
