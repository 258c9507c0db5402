package io.serai.database;

import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which command a database administrator has to run when our user may not create an extension. */
class ExtensionRefusedAnalyzer extends AbstractFailureAnalyzer<FlywayException> {

    /** insufficient_privilege, PostgreSQL manual, appendix A. */
    private static final String NO_PRIVILEGE = "42501";

    @Override
    protected FailureAnalysis analyze(Throwable failure, FlywayException migration) {
        SQLException refusal = findCause(migration, SQLException.class);
        if (refusal == null || !NO_PRIVILEGE.equals(refusal.getSQLState()) || !refusal.getMessage().contains("permission denied to create extension")) {
            return null;
        }
        return new FailureAnalysis(
                "The server has the extension vector, but the user of serai.db.user may not create it.",
                "Let a superuser of the server run, in the database of serai.db.url:  CREATE EXTENSION vector;  Then start the hub again.",
                migration);
    }
}
