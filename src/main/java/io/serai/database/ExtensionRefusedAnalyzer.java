package io.serai.database;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.api.FlywayException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which command a database administrator has to run when our user may not create an extension that the server has. */
class ExtensionRefusedAnalyzer extends AbstractFailureAnalyzer<FlywayException> {

    private static final Pattern REFUSAL = Pattern.compile("permission denied to create extension \"(\\w+)\"");

    @Override
    protected FailureAnalysis analyze(Throwable failure, FlywayException migration) {
        SQLException cause = findCause(migration, SQLException.class);
        Matcher refusal = REFUSAL.matcher(cause == null ? "" : cause.getMessage());
        if (!refusal.find()) {
            return null;
        }
        String extension = refusal.group(1);
        return new FailureAnalysis(
                "The database server has the extension " + extension + ", but our user (serai.db.user) may not create it.",
                "Let a superuser run, in the database of serai.db.url:  CREATE EXTENSION " + extension + ";  Then start the hub again.",
                migration);
    }
}
