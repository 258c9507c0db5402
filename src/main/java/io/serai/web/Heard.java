package io.serai.web;

import io.serai.deliver.Counter;
import io.serai.message.Turn;
import java.util.Optional;

/** What a client that waits for its answer may hear. */
sealed interface Heard {

    /** An attempt to answer a turn begins. */
    record Begun(Turn turn) implements Heard {}

    record Token(Turn turn, String text) implements Heard {}

    /** The answer is there, or was not in time. */
    record Ended(Optional<Counter.Item> answer) implements Heard {}

    record Failed(RuntimeException why) implements Heard {}

    /** Nothing for a while. */
    record Silence() implements Heard {}

    /** Whether it is about the answer to a message, and not about another of the same sender. */
    default boolean concerns(long messageId) {
        return switch (this) {
            case Begun begun -> contains(begun.turn(), messageId);
            case Token token -> contains(token.turn(), messageId);
            case Ended ended -> true;
            case Failed failed -> true;
            case Silence silence -> true;
        };
    }

    private static boolean contains(Turn turn, long messageId) {
        return turn.messages().stream().anyMatch(message -> message.id() == messageId);
    }
}
