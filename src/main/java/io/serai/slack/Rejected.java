package io.serai.slack;

import java.time.Duration;
import java.util.Set;

/** Slack said no: {@code ok: false}, or an HTTP status. */
class Rejected extends RuntimeException {

    private static final Set<String> OF_THE_ACCOUNT = Set.of("invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive",
            "missing_scope", "no_permission", "not_allowed_token_type", "org_login_required", "ekm_access_denied", "team_access_not_granted",
            "http_401");

    private final String error;
    private final Duration retryAfter;

    /**
     * @param error Slack's word for it, such as {@code channel_not_found}, or {@code http_503}
     * @param retryAfter when to come back, or null when it was not said
     */
    Rejected(String method, String error, Duration retryAfter) {
        super("Slack refused " + method + ": " + error);
        this.error = error;
        this.retryAfter = retryAfter;
    }

    String error() {
        return error;
    }

    /** Whether it is the token, which only a person can mend. */
    boolean isOfTheAccount() {
        return OF_THE_ACCOUNT.contains(error);
    }

    Duration retryAfter() {
        return retryAfter;
    }
}
