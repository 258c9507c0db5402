package io.serai.web;

import io.serai.channel.Shut;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The hub cannot promise anything right now, since its database is away, its routes are being changed, or it starts or stops: come again in a moment. */
class Unavailable extends RuntimeException {

    Unavailable(Throwable cause) {
        super("the hub cannot keep anything at the moment; please try again", cause);
    }

    /** Does the work; when it fails because something is away, says so. */
    static <T> T unlessAway(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException failed) {
            throw isBehind(failed) ? new Unavailable(failed) : failed;
        }
    }

    static boolean isBehind(Throwable failure) {
        return Shut.isBehind(failure) || Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(30).anyMatch(Unavailable.class::isInstance);
    }
}
