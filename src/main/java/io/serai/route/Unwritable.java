package io.serai.route;

/** A file of ours cannot be written. The message says why and what to do; what ran runs on. */
public class Unwritable extends RuntimeException {

    Unwritable(String why) {
        super(why);
    }
}
