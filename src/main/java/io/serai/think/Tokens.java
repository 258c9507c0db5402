package io.serai.think;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import io.serai.message.Line;

/** How many tokens a text is, roughly: the count of OpenAI's tokenizer, near enough for any model. */
public final class Tokens {

    /** Beyond it, a count takes longer than it is worth: its beginning and its end stand for the rest, since a letter of Chinese costs four times one of English. */
    private static final int LONG_TEXT = 200_000;
    private static final int SAMPLE = 25_000;

    /** What a line of memory costs besides its text: its mark, its date, who said it. */
    public static final int MARK = 12;

    private Tokens() {}

    public static int of(Line line) {
        return in(line.text()) + MARK;
    }

    public static int in(String text) {
        int length = text.length();
        if (length <= LONG_TEXT) {
            return Tokenizer.ENCODING.countTokensOrdinary(text);
        }
        int sample = Tokenizer.ENCODING.countTokensOrdinary(text.substring(0, SAMPLE)) + Tokenizer.ENCODING.countTokensOrdinary(text.substring(length - SAMPLE));
        return (int) ((long) sample * length / (2 * SAMPLE));
    }

    /** As many as a text can be at most, without counting: a token is a byte at least, and a char three of them at most (UTF-8, RFC 3629). */
    public static int atMost(String text) {
        return 3 * text.length();
    }

    /** Loaded when first asked for: its tables take a while and some memory. */
    private static final class Tokenizer {
        static final Encoding ENCODING = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);
    }
}
