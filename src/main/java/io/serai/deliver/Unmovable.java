package io.serai.deliver;

/** What was asked of a dead letter cannot be done; the message says why and what can. */
public class Unmovable extends RuntimeException {

    Unmovable(String why) {
        super(why);
    }
}
