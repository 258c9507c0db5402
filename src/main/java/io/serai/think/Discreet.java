package io.serai.think;

/** Tells of an answer what is no thought, see {@link Thoughts}. */
final class Discreet implements Listener {

    private final Listener listener;
    private final boolean begun;
    private final StringBuilder told = new StringBuilder();
    private Thoughts thoughts;

    /** @param begun whether the model's thoughts begin in the prompt */
    Discreet(Listener listener, boolean begun) {
        this.listener = listener;
        this.begun = begun;
    }

    @Override
    public void starts() {
        thoughts = new Thoughts(begun);
        told.setLength(0);
        listener.starts();
    }

    @Override
    public void hears(String token) {
        tell(thoughts.after(token));
    }

    @Override
    public boolean takesBack() {
        return listener.takesBack();
    }

    boolean leftSomethingOut() {
        return thoughts.wereThere();
    }

    /**
     * It is an answer. What was heard of thoughts that nothing opened is void.
     *
     * @param answer without them; null when there is none
     * @return whether its thoughts began in the prompt
     */
    boolean ends(String answer) {
        tell(thoughts.atLast());
        String heard = told.toString();
        if (thoughts.wereThere() || Thoughts.without(heard).equals(heard)) {
            return begun && thoughts.wereThere();
        }
        starts();
        if (answer != null) {
            listener.hears(answer);
        }
        return true;
    }

    private void tell(String text) {
        if (!text.isEmpty()) {
            told.append(text);
            listener.hears(text);
        }
    }
}
