package io.serai.database;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Whether the database is to blame for a failure: it is not there, has no room, or went away in the middle. That says nothing about what was to be done. */
public final class Absence {

    private static final int DEEPEST = 30;

    private Absence() {}

    public static boolean isBehind(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(DEEPEST).anyMatch(Absence::is);
    }

    private static boolean is(Throwable cause) {
        return switch (cause) {
            case DataAccessResourceFailureException away -> !isLimit(away);
            case CannotCreateTransactionException away -> true;
            case TransactionSystemException torn -> true; // the connection broke before the end of the transaction could be told
            case SQLTransientConnectionException away -> true;
            case SQLNonTransientConnectionException away -> true;
            case SQLRecoverableException torn -> true;
            case SQLException told -> isConnectionState(told.getSQLState());
            default -> false;
        };
    }

    /** PostgreSQL, appendix A: 54 program limit exceeded, as by a value that is too long for an index. Spring takes it for a want of resources. */
    private static boolean isLimit(DataAccessResourceFailureException failure) {
        return failure.getMostSpecificCause() instanceof SQLException told && String.valueOf(told.getSQLState()).startsWith("54");
    }

    // PostgreSQL, appendix A: 08 connection exception, 53 insufficient resources, 57P operator intervention (shutdown, crash, starting up)
    private static boolean isConnectionState(String state) {
        return state != null && (state.startsWith("08") || state.startsWith("53") || state.startsWith("57P"));
    }
}
