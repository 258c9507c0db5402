package io.serai;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells which setting is wrong, instead of a stack trace. */
class WrongSettingAnalyzer extends AbstractFailureAnalyzer<WrongSetting> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, WrongSetting wrong) {
        return new FailureAnalysis(wrong.getMessage(), "Correct it in application.yaml or in the environment, where serai.api.token is SERAI_API_TOKEN.", wrong);
    }
}
