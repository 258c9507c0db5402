package io.serai.web;

import io.serai.database.Absence;
import java.sql.SQLTransientException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.springframework.dao.TransientDataAccessException;

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
        return Absence.isBehind(failure)
                || Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(30).anyMatch(cause -> switch (cause) {
                    case Unavailable away -> true;
                    case TransientDataAccessException passing -> true;
                    case SQLTransientException passing -> true;
                    case DirectConsumerNotAvailableException changing -> true;
                    case RejectedExecutionException closed -> true;
                    default -> false;
                });
    }
}
