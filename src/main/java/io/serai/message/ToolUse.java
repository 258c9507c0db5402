package io.serai.message;

import java.time.Instant;

/**
 * A tool as it was used for a reply.
 *
 * @param tool as the model called it, whether there is one or not
 * @param arguments as the model wrote them, shortened when they were too long
 * @param outcome {@code ok}, {@code unknown-tool}, {@code malformed}, {@code wrong-arguments}, {@code failed}, {@code late} or {@code not-run}
 * @param text what the model was told
 */
public record ToolUse(String tool, String arguments, String outcome, String text, Instant at) {

    /** For errors and logs, which tell no words of anybody. */
    @Override
    public String toString() {
        return "ToolUse[tool=%s, outcome=%s]".formatted(tool, outcome);
    }
}
