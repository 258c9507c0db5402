package io.serai.database;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells in two sentences instead of a stack trace why the hub does not start. */
class DatabaseUnusableAnalyzer extends AbstractFailureAnalyzer<DatabaseUnusable> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, DatabaseUnusable unusable) {
        return new FailureAnalysis(unusable.getMessage(), unusable.remedy(), unusable);
    }
}
