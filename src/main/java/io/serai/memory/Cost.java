package io.serai.memory;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/** What text costs in a prompt, in tokens of the cl100k encoding: near enough for a budget, whichever model is asked. */
final class Cost {

    private static final Encoding ENCODING = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);

    private Cost() {}

    static int of(String text) {
        return ENCODING.countTokensOrdinary(text);
    }
}
