package io.serai.think;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** A text in sentences, and the part of it that is worth quoting. */
final class Sentences {

    private static final int QUOTE = 280;

    private Sentences() {}

    static List<String> of(String text) {
        return Arrays.stream(text.split("(?<=[.!?。？！؟])\\s+|\\n+")).filter(sentence -> !sentence.isBlank()).toList();
    }

    /** The whole of a short text; of a long one the sentence that has most of the words, cut where it must be. */
    static String quote(String text, Set<String> words) {
        String whole = text.strip().replaceAll("\\s+", " ");
        if (whole.length() <= QUOTE) {
            return whole;
        }
        String best = of(text).stream().max((one, other) -> Integer.compare(shared(one, words), shared(other, words))).orElse(whole);
        return shorten(best.strip().replaceAll("\\s+", " "));
    }

    private static String shorten(String sentence) {
        if (sentence.length() <= QUOTE) {
            return sentence;
        }
        int space = sentence.lastIndexOf(' ', QUOTE);
        int end = space > QUOTE / 2 ? space : QUOTE;
        return sentence.substring(0, Character.isHighSurrogate(sentence.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    private static int shared(String sentence, Set<String> words) {
        return (int) Words.of(sentence).stream().filter(words::contains).count();
    }
}
