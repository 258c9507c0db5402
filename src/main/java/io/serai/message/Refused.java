package io.serai.message;

/** It failed for good: no retry will help. Everything else that is thrown is tried again. */
public class Refused extends RuntimeException {

    public Refused(String why) {
        super(why);
    }

    public Refused(String why, Throwable cause) {
        super(why, cause);
    }
}
