package io.serai.slack;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Something people wrote, as Slack tells it; not yet read.
 *
 * @param workspace the name of the account it came to
 * @param json the event inside of the payload (docs.slack.dev, "message event")
 */
public record Event(String workspace, JsonNode json) {

    /** For errors and logs, which tell no words of anybody. */
    @Override
    public String toString() {
        return "Event[workspace=%s]".formatted(workspace);
    }
}
