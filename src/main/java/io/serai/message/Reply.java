package io.serai.message;

/**
 * A turn answered.
 *
 * @param id the reply in the transcript; 0 until it is kept
 * @param prompt what the model saw, or null when no model was asked
 * @param text Markdown
 * @param author what answered: the name of a model, {@code command}, {@code apology} ...
 */
public record Reply(long id, Turn turn, Prompt prompt, String text, String author) {

    public static Reply to(Turn turn, String text, String author) {
        return new Reply(0, turn, null, text, author);
    }

    /** The same reply, as it stands in the transcript. */
    public Reply kept(long id) {
        return new Reply(id, turn, prompt, text, author);
    }
}
