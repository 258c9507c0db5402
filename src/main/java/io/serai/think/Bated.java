package io.serai.think;

/**
 * Holds the beginning of an answer back until it is long enough to be one: what a model says before it asks for a tool is a short sentence, and no answer.
 * What is told at last and was none after all is void when the next attempt starts.
 */
final class Bated implements Listener {

    /** Characters; a model writes them in about half a second. */
    private static final int BREATH = 120;

    private final Listener listener;
    private final StringBuilder held = new StringBuilder();
    private boolean told;

    Bated(Listener listener) {
        this.listener = listener;
    }

    @Override
    public void starts() {
        held.setLength(0);
        told = false;
        listener.starts();
    }

    @Override
    public void hears(String token) {
        if (told) {
            listener.hears(token);
            return;
        }
        held.append(token);
        if (held.length() > BREATH) {
            tell();
        }
    }

    /** It was an answer. */
    void tell() {
        if (!held.isEmpty()) {
            listener.hears(held.toString());
            held.setLength(0);
        }
        told = true;
    }
}
