package io.serai.memory;

import io.serai.message.Turn;

/** Something people can order, on any channel; how it is called stands in {@code memory/commands.yaml}. */
public interface Command {

    /** Its key in that file. */
    String word();

    /** Whether there is such a command for who wrote this, where they wrote it: in an isolated talk only what concerns no other. */
    default boolean isFor(Turn turn) {
        return !turn.conversation().isIsolated();
    }

    /** @return what is answered, as Markdown */
    String obey(Turn turn, String argument);
}
