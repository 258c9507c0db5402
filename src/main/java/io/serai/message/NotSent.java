package io.serai.message;

/** A parcel surely did not leave: no connection, or the far side said no before it took anything. It is tried again by the plan of its channel. */
public class NotSent extends RuntimeException {

    public NotSent(String why, Throwable cause) {
        super(why, cause);
    }
}
