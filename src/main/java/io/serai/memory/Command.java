package io.serai.memory;

import io.serai.message.Turn;

/** Something people can order, on any channel; how it is called stands in {@code memory/commands.yaml}. */
public interface Command {

    /** Its key in that file. */
    String word();

    /** Whether there is such a command for who wrote this. */
    default boolean isFor(Turn turn) {
        return true;
    }

    /** @return what is answered, as Markdown */
    String obey(Turn turn, String argument);
}
