package io.serai.channel;

import io.serai.database.Absence;
import java.sql.SQLTransientException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.springframework.dao.TransientDataAccessException;

/** Whether no door takes anything for a moment, whatever it is: the database is away, routes are being changed, or the hub starts or stops. */
public final class Shut {

    private static final int DEEPEST = 30;

    private Shut() {}

    public static boolean isBehind(Throwable failure) {
        return Absence.isBehind(failure) || Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(DEEPEST).anyMatch(Shut::is);
    }

    private static boolean is(Throwable cause) {
        return switch (cause) {
            case TransientDataAccessException passing -> true;
            case SQLTransientException passing -> true;
            case DirectConsumerNotAvailableException changing -> true;
            case RejectedExecutionException closed -> true;
            default -> false;
        };
    }
}
