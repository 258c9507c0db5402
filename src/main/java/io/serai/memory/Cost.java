package io.serai.memory;

import io.serai.think.Tokens;

/** What text costs in a prompt, in tokens of the cl100k encoding: near enough for a budget, whichever model is asked. */
final class Cost {

    private Cost() {}

    static int of(String text) {
        return Tokens.in(text);
    }
}
