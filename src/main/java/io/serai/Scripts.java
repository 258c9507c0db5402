package io.serai;

/** Scripts that put no spaces between words, or write endings to them, as what stands in the brackets of a regular expression. */
public final class Scripts {

    /** A character means something by itself: Chinese, Korean. */
    public static final String MEANING = "\\p{IsHan}\\p{IsHangul}";

    /** Two characters in a row tell a word from another: Chinese, Japanese with the mark that lengthens a vowel, Korean. */
    public static final String PAIRS = MEANING + "\\p{IsHiragana}\\p{IsKatakana}\u30fc";

    /** It takes three letters: Thai, Lao, Khmer, Burmese. */
    public static final String THREES = "\\p{IsThai}\\p{IsLao}\\p{IsKhmer}\\p{IsMyanmar}";

    private Scripts() {}
}
