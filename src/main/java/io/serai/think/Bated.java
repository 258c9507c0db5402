package io.serai.think;

import java.util.ArrayList;
import java.util.List;

/**
 * Holds the beginning of an answer back until it is long enough to be one: what a model says before it asks for a tool is a sentence or two, and
 * no answer. For who cannot take back what it was told; who can hears everything at once, and what was no answer is void when the next attempt
 * starts.
 */
final class Bated implements Listener {

    /** Characters; a model writes them in about a second. */
    private static final int BREATH = 240;

    private final Listener listener;
    private final List<String> held = new ArrayList<>();
    private int length;

    Bated(Listener listener) {
        this.listener = listener;
    }

    @Override
    public void starts() {
        held.clear();
        length = 0;
        listener.starts();
    }

    @Override
    public void hears(String token) {
        held.add(token);
        length += token.length();
        if (length > BREATH) {
            tell();
        }
    }

    @Override
    public boolean takesBack() {
        return listener.takesBack();
    }

    /** It is an answer. */
    void tell() {
        held.forEach(listener::hears);
        held.clear();
    }
}
