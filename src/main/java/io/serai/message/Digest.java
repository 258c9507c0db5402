package io.serai.message;

import java.util.List;
import java.util.Map;

/**
 * What is to be told in short: the summary of a conversation so far, and what was said since.
 *
 * @param reading the messages since; empty when it is not yet time for a summary
 * @param summary the prose so far; empty at first
 * @param kept what the prose does not say, word for word
 * @param keptFrom what stays in the talk when it is compacted: messages after this id; 0 when it is not compacted
 * @param byRules whether no model is asked
 * @param words the most that may be told
 * @param room characters of the messages that a model is shown, so that they fit into its window: a token is seldom less than one
 */
public record Digest(Reading reading, String summary, List<Kept> kept, long keptFrom, boolean byRules, int words, int room) implements Question {

    /** Something word for word, with the message that says it. */
    public record Kept(long message, String text) {

        @Override
        public String toString() {
            return "Kept[message=%d]".formatted(message);
        }
    }

    public Digest {
        kept = List.copyOf(kept);
    }

    public boolean isDue() {
        return reading.isDue();
    }

    public boolean isCompaction() {
        return isDue() && keptFrom > 0;
    }

    @Override
    public Map<String, String> holes() {
        return Map.of("words", String.valueOf(words), "summary", summary.isEmpty() ? "(none)" : summary);
    }

    @Override
    public String text() {
        return reading.text(room);
    }

    /** For errors and logs, which tell no words of anybody. */
    @Override
    public String toString() {
        return "Digest[reading=%s]".formatted(reading);
    }
}
