package io.serai.memory;

import io.serai.message.Turn;

/** Something a customer can order with a slash, on any channel. */
interface Command {

    /** The word after the slash. */
    String word();

    /** One line for {@code /help}. */
    String help();

    /** @return what is answered, as Markdown */
    String obey(Turn turn, String argument);
}
