package io.serai.memory;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a text that is too long where a sentence ends, and says that it did. */
final class Shorten {

    private static final Pattern END = Pattern.compile("[.!?]+(?=\\s)|[。？！؟]|\\n+");

    /** A sentence that ends before this share of what would fit is no place to cut: too little would be left. */
    private static final double LEAST = 0.4;

    private Shorten() {}

    /** @return the text itself when it costs no more than that */
    static String to(int tokens, String text) {
        int cost = Cost.of(text);
        if (cost <= tokens) {
            return text;
        }
        int room = (int) ((long) text.length() * Math.max(1, tokens - Cost.of(mark(text, text.length()))) / cost);
        String shortened = cut(text, room);
        while (Cost.of(shortened) > tokens && room > 1) {
            room = room * 9 / 10;
            shortened = cut(text, room);
        }
        return shortened;
    }

    private static String cut(String text, int room) {
        int end = -1;
        for (Matcher found = END.matcher(text).region(0, room).useTransparentBounds(true); found.find(); ) {
            end = found.end();
        }
        if (end < room * LEAST) {
            int space = text.lastIndexOf(' ', room);
            end = space > room * LEAST ? space : room;
        }
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end).strip() + mark(text, end);
    }

    private static String mark(String text, int shown) {
        return " [cut: the first %d of %d characters]".formatted(shown, text.length());
    }
}
