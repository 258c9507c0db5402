package io.serai.slack;

/** No answer came from Slack; unless it was not even reached, nobody knows what it did. */
class NoAnswer extends RuntimeException {

    private final boolean reached;

    NoAnswer(String method, boolean reached, Throwable cause) {
        super(reached ? "no answer from Slack to " + method : "no connection to Slack for " + method, cause);
        this.reached = reached;
    }

    boolean wasReached() {
        return reached;
    }
}
