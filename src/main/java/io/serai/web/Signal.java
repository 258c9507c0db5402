package io.serai.web;

/** What makes an open stream look up. */
sealed interface Signal {

    /** The stream begins. */
    record Opened() implements Signal {}

    /** Something new lies at the counter, or may. */
    record Rung() implements Signal {}

    /** A model begins to answer; what it said before in this turn is void. */
    record Started() implements Signal {}

    /** It said something more. */
    record Token(String text) implements Signal {}

    /** What it had said about a message before this stream was opened. */
    record Drafted(long messageId, String text) implements Signal {}

    /** Whether it is a courtesy while an answer is on its way. */
    default boolean isOfAnAnswer() {
        return this instanceof Started || this instanceof Token || this instanceof Drafted;
    }

    /** Nothing was heard for a while. */
    record Idle() implements Signal {}

    /** The hub closes, or the visitor has left. */
    record Ended() implements Signal {}
}
