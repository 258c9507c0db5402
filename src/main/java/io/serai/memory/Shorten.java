package io.serai.memory;

import io.serai.think.Tokens;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a text that is too long where sentences end, and says that it did. What is left is its beginning, or what stands around words that are looked for. */
final class Shorten {

    private static final Pattern END = Pattern.compile("(?<![.!?])[.!?]++(?=\\s)|[。？！؟]|\\n+");

    /** A sentence that ends before this share of what would fit is no place to cut: too little would be left. */
    private static final double LEAST = 0.4;

    private Shorten() {}

    /** @return the text itself when it costs no more than that */
    static String to(int tokens, String text) {
        return to(tokens, text, List.of());
    }

    /** @param words what is looked for; when none of them stands in the text, its beginning is left */
    static String to(int tokens, String text, Collection<String> words) {
        int cost = Tokens.in(text);
        if (cost <= tokens) {
            return text;
        }
        Spots spots = Spots.of(text, words);
        int room = (int) ((long) text.length() * Math.max(1, tokens - Tokens.in(mark(text, 0, text.length()))) / cost);
        String shortened = cut(text, room, spots);
        while (Tokens.in(shortened) > tokens && room > 1) {
            room = room * 9 / 10;
            shortened = cut(text, room, spots);
        }
        return shortened;
    }

    private static String cut(String text, int room, Spots spots) {
        Spots.Stretch found = spots.best(room);
        int begin = begin(text, room, found);
        int end = Math.min(text.length(), begin + room);
        end = end == text.length() ? end : end(text, begin, end, found.to());
        return text.substring(begin, end).strip() + mark(text, begin, end);
    }

    /** As much stands before the words as behind them, from where a sentence or at least a word begins. */
    private static int begin(String text, int room, Spots.Stretch found) {
        int earliest = Math.min(found.from() - Math.max(0, room - found.length()) / 2, text.length() - room);
        if (earliest <= 0) {
            return 0;
        }
        Matcher sentence = END.matcher(text).region(earliest, found.from()).useTransparentBounds(true);
        int space = text.indexOf(' ', earliest);
        int begin = sentence.find() ? sentence.end() : space >= 0 && space < found.from() ? space + 1 : earliest;
        return Character.isLowSurrogate(text.charAt(begin)) ? begin + 1 : begin;
    }

    private static int end(String text, int begin, int latest, int found) {
        double least = Math.max(begin + (latest - begin) * LEAST, found);
        int end = -1;
        for (Matcher sentence = END.matcher(text).region(begin, latest).useTransparentBounds(true); sentence.find(); ) {
            end = sentence.end();
        }
        if (end < least) {
            int space = text.lastIndexOf(' ', latest);
            end = space > least ? space : latest;
        }
        return end > begin && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    }

    private static String mark(String text, int begin, int end) {
        return begin == 0
                ? " [cut: the first %d of %d characters]".formatted(end, text.length())
                : " [cut: characters %d to %d of %d]".formatted(begin + 1, end, text.length());
    }
}
