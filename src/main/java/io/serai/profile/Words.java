package io.serai.profile;

import io.serai.Scripts;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The words of a text by their beginnings, so that an ending makes no difference; of scripts that put no spaces between words, pairs of characters.
 * Two letters are no word: they would be found in anything.
 *
 * @param beginning so many letters of a word count
 */
public record Words(Set<String> all, int beginning) {

    private static final Pattern UNSPACED = Pattern.compile("[" + Scripts.PAIRS + Scripts.THREES + "]+");

    static Words of(String text) {
        return of(text, 3, 5);
    }

    /** Those that tell what it is about, a pump or pumps: the short ones, as articles, only where there is nothing else. */
    public static Words telling(String text) {
        Words telling = of(text, 4, 4);
        return telling.all.isEmpty() ? of(text) : telling;
    }

    private static Words of(String text, int shortest, int beginning) {
        String folded = Claim.fold(text);
        Set<String> words = Arrays.stream(UNSPACED.matcher(folded).replaceAll(" ").split("[^\\p{L}\\p{M}]+"))
                .filter(word -> word.length() >= shortest)
                .map(word -> word.substring(0, Math.min(beginning, word.length())))
                .collect(Collectors.toCollection(HashSet::new));
        UNSPACED.matcher(folded).results().forEach(run -> {
            int[] letters = run.group().codePoints().toArray();
            for (int at = 0; at + 1 < letters.length; at++) {
                words.add(new String(letters, at, 2));
            }
        });
        return new Words(words, beginning);
    }

    /** How many of them stand in another text. */
    public int sharedWith(String text) {
        Set<String> shared = new HashSet<>(of(text, 3, beginning).all);
        shared.retainAll(all);
        return shared.size();
    }

    boolean isSharedWith(String text) {
        return sharedWith(text) > 0;
    }

    /** Whether a text stands in another one as it is: between letters of other words it does not, where words have spaces between them. */
    static boolean stands(String value, String text) {
        String folded = Claim.fold(value);
        boolean spaced = !UNSPACED.matcher(folded).find();
        String bound = spaced ? "[\\p{L}\\p{N}]" : "(?!)";
        return !folded.isEmpty()
                && Pattern.compile("(?<!" + bound + ")" + Pattern.quote(folded) + "(?!" + bound + ")").matcher(Claim.fold(text)).find();
    }
}
