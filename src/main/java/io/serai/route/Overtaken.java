package io.serai.route;

/** Somebody has changed a file since it was read. The message is what is other in it now. */
public class Overtaken extends RuntimeException {

    Overtaken(String diff) {
        super(diff);
    }
}
