package io.serai.web;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

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
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(30).anyMatch(Unavailable::isAbsence);
    }

    private static boolean isAbsence(Throwable cause) {
        return switch (cause) {
            case Unavailable away -> true;
            case DataAccessResourceFailureException away -> true;
            case TransientDataAccessException passing -> true;
            case CannotCreateTransactionException away -> true;
            case TransactionSystemException torn -> true; // its connection went away before the end could be told
            case DirectConsumerNotAvailableException away -> true;
            case RejectedExecutionException closed -> true;
            case SQLTransientException passing -> true;
            case SQLNonTransientConnectionException away -> true;
            case SQLRecoverableException passing -> true;
            case SQLException told -> isConnectionState(told.getSQLState());
            default -> false;
        };
    }

    // PostgreSQL, appendix A: 08 connection exception, 53 insufficient resources, 57P operator intervention (shutdown, crash, starting up)
    private static boolean isConnectionState(String state) {
        return state != null && (state.startsWith("08") || state.startsWith("53") || state.startsWith("57P"));
    }
}
