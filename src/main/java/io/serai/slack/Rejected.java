package io.serai.slack;

import java.time.Duration;

/** Slack said no: {@code ok: false}, or an HTTP status. */
class Rejected extends RuntimeException {

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

    Duration retryAfter() {
        return retryAfter;
    }
}
