package io.serai.message;

import java.util.List;

/**
 * A turn answered.
 *
 * @param id the reply in the transcript; 0 until it is kept
 * @param prompt what the model saw, or null when no model was asked
 * @param text Markdown
 * @param author what answered: the name of a model, {@code command}, {@code apology} ...
 * @param expense what it took of the model, or null when none was asked
 * @param uses of tools while it was thought about, in their order
 */
public record Reply(long id, Turn turn, Prompt prompt, String text, String author, Expense expense, List<ToolUse> uses) {

    public Reply {
        uses = List.copyOf(uses);
    }

    /** One that stands in the transcript, or that no model was asked for. */
    public Reply(long id, Turn turn, Prompt prompt, String text, String author) {
        this(id, turn, prompt, text, author, null, List.of());
    }

    public static Reply to(Turn turn, String text, String author) {
        return new Reply(0, turn, null, text, author);
    }

    /** The same reply, as it stands in the transcript. */
    public Reply kept(long id) {
        return new Reply(id, turn, prompt, text, author, expense, uses);
    }

    /** For errors and logs, which tell no words of anybody. */
    @Override
    public String toString() {
        return "Reply[id=%d, turn=%s, author=%s]".formatted(id, turn, author);
    }
}
