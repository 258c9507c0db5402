package io.serai.slack;

import java.time.Duration;
import java.util.Set;

/** Slack said no: {@code ok: false}, or an HTTP status. */
class Rejected extends RuntimeException {

    private static final Set<String> OF_THE_ACCOUNT = Set.of("invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive",
            "missing_scope", "no_permission", "not_allowed_token_type", "org_login_required", "ekm_access_denied", "team_access_not_granted",
            "http_401");
    /** Of these the account may still be let in elsewhere: there is a scope for each kind of place. */
    private static final Set<String> OF_A_RIGHT = Set.of("missing_scope", "no_permission", "ekm_access_denied", "team_access_not_granted");
    private static final Set<String> OF_THE_PLACE = Set.of("channel_not_found", "is_archived", "user_not_found", "not_in_channel", "user_disabled",
            "cannot_dm_bot", "messages_tab_disabled", "restricted_action", "is_inactive");
    private static final Set<String> OF_SLACK = Set.of("service_unavailable", "fatal_error", "internal_error", "request_timeout");

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

    /** Whether it is the channel, or the talk of two: others take and tell what they did before. */
    boolean isOfThePlace() {
        return OF_THE_PLACE.contains(error);
    }

    /** Whether we asked too often. */
    boolean isTooSoon() {
        return error.equals("ratelimited") || error.equals("rate_limited");
    }

    /** Whether the same may go well later: Slack is in trouble, or somebody lets us in again. */
    boolean mayPass() {
        return OF_SLACK.contains(error) || error.startsWith("http_5") || isOfTheAccount() && !OF_A_RIGHT.contains(error);
    }

    Duration retryAfter() {
        return retryAfter;
    }
}
