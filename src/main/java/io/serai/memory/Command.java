package io.serai.memory;

import io.serai.message.Turn;

/** Something people can order with a slash, on any channel. */
interface Command {

    /** The word after the slash. */
    String word();

    /** One line for {@code /help}. */
    String help();

    /** Whether there is such a command for who wrote this. */
    default boolean isFor(Turn turn) {
        return true;
    }

    /** @return what is answered, as Markdown */
    String obey(Turn turn, String argument);
}
