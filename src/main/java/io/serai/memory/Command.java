package io.serai.memory;

import io.serai.message.Turn;

/** Something a customer can order, on any channel; how it is called stands in {@code memory/commands.yaml}. */
public interface Command {

    /** Its key in that file. */
    String word();

    /** @return what is answered, as Markdown */
    String obey(Turn turn, String argument);
}
