package io.serai.memory;

import io.serai.Scripts;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Text in scripts that put no spaces between words, or write endings to them. Where a word ends is not known, so it is found by pieces: pairs of
 * characters in Chinese, Japanese and Korean, three letters in a row in Thai, Lao, Khmer and Burmese. A character that means something by itself is a
 * piece too.
 */
final class Unspaced {

    private static final Pattern ALONE = Pattern.compile("[" + Scripts.MEANING + "]");
    private static final Pattern RUN = Pattern.compile("(?<pairs>[" + Scripts.PAIRS + "]+)|(?<threes>[" + Scripts.THREES + "]+)");

    /** Longer than a word is: a URL may be, which is found by its parts. */
    private static final Pattern ENDLESS = Pattern.compile("\\S{200}");

    private Unspaced() {}

    /**
     * What remains to be read word by word: {@code 型号HP-200的价格} holds HP-200. Postgres reads it in time that grows with its length: its parser would
     * look for the end of each {@code <!--} in all that follows, and of a run as {@code a_a_a_} at each of its characters.
     */
    static String without(String text) {
        return ENDLESS.matcher(RUN.matcher(text).replaceAll(" ").replace('<', ' ')).replaceAll("$0 ");
    }

    /** Each once, in the order of the text. */
    static Set<String> pieces(String text) {
        Set<String> pieces = new LinkedHashSet<>();
        RUN.matcher(text).results().forEach(run -> cut(run, pieces));
        return pieces;
    }

    /** The share of the letters that are of no such script. */
    static double spaced(String text) {
        double all = letters(text);
        return all == 0 ? 1 : letters(without(text)) / all;
    }

    private static long letters(String text) {
        return text.codePoints().filter(Character::isLetterOrDigit).count();
    }

    private static void cut(MatchResult run, Set<String> pieces) {
        int[] letters = run.group().codePoints().toArray();
        int length = Math.min(letters.length, run.group("pairs") != null ? 2 : 3);
        for (int at = 0; at < letters.length; at++) {
            String one = Character.toString(letters[at]);
            if (ALONE.matcher(one).matches()) {
                pieces.add(one);
            }
            if (at + length <= letters.length) {
                pieces.add(new String(letters, at, length));
            }
        }
    }
}
