package io.serai.memory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Where in a text the words stand that are looked for, by their beginnings; one that stands everywhere in it tells little. */
final class Spots {

    /** More only take time. */
    private static final int MOST = 50;

    /** Characters that are looked at, and how often a word is: who writes more than that has not written it to be found. */
    private static final int READ = 200_000;
    private static final int OFTEN = 1_000;

    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

    /** Shorter ones are grammar more often. */
    private static final int TELLING = 4;

    private static final double OF_A_SHORT_WORD = 0.25;
    private static final double OF_A_NUMBER = 3;

    /** Characters between words that stand side by side; more would be the end of a sentence. */
    private static final int BESIDE = 1;

    private record Hit(int from, int to, int word) {}

    /** A part of the text, from the first of the words in it to the last; empty, at the beginning, when it has none of them. */
    record Stretch(int from, int to) {

        int length() {
            return to - from;
        }
    }

    private final List<Hit> hits;
    private final double[] worth;

    private Spots(List<Hit> hits, double[] worth) {
        this.hits = hits;
        this.worth = worth;
    }

    static Spots of(String text, Collection<String> words) {
        List<String> sought = words.stream().filter(word -> !word.isBlank()).distinct().limit(MOST).toList();
        List<Hit> hits = new ArrayList<>();
        for (int word = 0; word < sought.size(); word++) {
            int number = word;
            pattern(sought.get(word)).matcher(text).region(0, Math.min(text.length(), READ)).useTransparentBounds(true).results().limit(OFTEN).forEach(hit -> hits.add(new Hit(hit.start(), hit.end(), number)));
        }
        hits.sort(Comparator.comparingInt(Hit::from));
        List<Double> worth = new ArrayList<>(sought.stream().map(Spots::worth).toList());
        hits.addAll(neighbours(hits, worth));
        hits.sort(Comparator.comparingInt(Hit::from));
        int[] times = new int[worth.size()];
        hits.forEach(hit -> times[hit.word()]++);
        return new Spots(hits, IntStream.range(0, times.length).mapToDouble(word -> worth.get(word) / Math.max(1, times[word])).toArray());
    }

    /** Two words side by side ("item 140") are worth as much again as both: to what is found they count as one more. */
    private static List<Hit> neighbours(List<Hit> hits, List<Double> worth) {
        List<Hit> pairs = new ArrayList<>();
        Map<List<Integer>, Integer> numbers = new HashMap<>();
        for (int i = 1; i < hits.size(); i++) {
            Hit one = hits.get(i - 1);
            Hit next = hits.get(i);
            int between = next.from() - one.to();
            if (between >= 0 && between <= BESIDE && one.word() != next.word()) {
                int number = numbers.computeIfAbsent(List.of(one.word(), next.word()), pair -> {
                    worth.add(worth.get(one.word()) + worth.get(next.word()));
                    return worth.size() - 1;
                });
                pairs.add(new Hit(one.from(), next.to(), number));
            }
        }
        return pairs;
    }

    /** The words of a question. */
    static Set<String> words(String question) {
        Set<String> words = new LinkedHashSet<>(Unspaced.pieces(question));
        Stream.of(BETWEEN.split(Unspaced.without(question))).filter(word -> !word.isEmpty()).forEach(words::add);
        return words;
    }

    /** Of all stretches that are no longer than that the one that has most of the words: the first of several, and no more of it than has them. */
    Stretch best(int length) {
        Stretch best = new Stretch(0, 0);
        double most = 0;
        double has = 0;
        int[] times = new int[worth.length];
        int first = 0;
        for (Hit last : hits) {
            has += times[last.word()]++ == 0 ? worth[last.word()] : 0;
            while (last.to() - hits.get(first).from() > length && hits.get(first) != last) {
                Hit left = hits.get(first++);
                has -= --times[left.word()] == 0 ? worth[left.word()] : 0;
            }
            while (times[hits.get(first).word()] > 1) {
                times[hits.get(first++).word()]--;
            }
            if (has > most + 1e-9) {
                most = has;
                best = new Stretch(hits.get(first).from(), last.to());
            }
        }
        return best;
    }

    private static double worth(String word) {
        if (isNumber(word)) {
            return OF_A_NUMBER;
        }
        return isPiece(word) || word.length() >= TELLING ? 1 : OF_A_SHORT_WORD;
    }

    /** Whatever ending is written to it, unless it is too short to have one. */
    private static Pattern pattern(String word) {
        int beginning = Math.max(TELLING, word.length() * 2 / 3);
        String sought = isPiece(word)
                ? Pattern.quote(word)
                : "(?<![\\p{L}\\p{N}])" + (isNumber(word) || word.length() <= TELLING
                        ? Pattern.quote(word) + "(?![\\p{L}\\p{N}])"
                        : Pattern.quote(word.substring(0, beginning)));
        return Pattern.compile(sought, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    private static boolean isNumber(String word) {
        return word.codePoints().anyMatch(Character::isDigit);
    }

    private static boolean isPiece(String word) {
        return Unspaced.without(word).isBlank();
    }
}
