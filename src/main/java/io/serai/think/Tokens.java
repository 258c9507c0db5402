package io.serai.think;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/** How many tokens a text is, roughly: the count of OpenAI's tokenizer, near enough for any model. */
public final class Tokens {

    /** Beyond it, a count takes longer than it is worth. */
    private static final int LONG_TEXT = 200_000;

    private Tokens() {}

    public static int in(String text) {
        return text.length() > LONG_TEXT ? text.length() / 4 : Tokenizer.ENCODING.countTokensOrdinary(text);
    }

    /** Loaded when first asked for: its tables take a while and some memory. */
    private static final class Tokenizer {
        static final Encoding ENCODING = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);
    }
}
