package io.serai.profile;

import java.util.Arrays;

/**
 * Combining marks, of which a letter has a few. A regular expression that asks for the bound of a word ({@code \b}) looks for the letter behind all of
 * them, at each anew: tens of thousands on one letter would take minutes.
 */
final class Marks {

    /** More than any script writes on a letter. */
    private static final int MOST = 16;

    private Marks() {}

    /** The same text, as long as it was, with blanks for the marks of a letter that are too many. */
    static String few(String text) {
        char[] letters = null;
        int marks = 0;
        for (int at = 0, next; at < text.length(); at = next) {
            int letter = text.codePointAt(at);
            next = at + Character.charCount(letter);
            marks = isMark(letter) ? marks + 1 : 0;
            if (marks > MOST) {
                letters = letters == null ? text.toCharArray() : letters;
                Arrays.fill(letters, at, next, ' ');
            }
        }
        return letters == null ? text : new String(letters);
    }

    private static boolean isMark(int letter) {
        return switch (Character.getType(letter)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }
}
