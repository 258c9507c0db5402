package io.serai.think;

import io.serai.message.Beginning;

/** The beginning and the end of a text that is too long for a prompt: there stands what is asked. */
final class Excerpt {

    /** Tokens that are told of a text however little room there is. */
    private static final int LEAST = 200;

    private static final double BEGINNING = 0.7;

    private Excerpt() {}

    /** @return the text itself when it costs no more than that */
    static String of(String text, int tokens) {
        int most = Math.max(LEAST, tokens);
        int cost = Tokens.in(text);
        if (cost <= most) {
            return text;
        }
        int kept = (int) ((long) text.length() * most / cost);
        String excerpt = cut(text, kept);
        while (Tokens.in(excerpt) > most) {
            kept = kept * 9 / 10;
            excerpt = cut(text, kept);
        }
        return excerpt;
    }

    private static String cut(String text, int kept) {
        String beginning = Beginning.of(text, Math.max(1, (int) (kept * BEGINNING)));
        int from = text.length() - (kept - beginning.length());
        String end = text.substring(Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
        return "%s [cut: the first %d and the last %d of %d characters] %s".formatted(beginning, beginning.length(), end.length(), text.length(), end);
    }
}
