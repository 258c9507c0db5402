package io.serai.message;

/**
 * What the gate decided about a message.
 *
 * @param rule the name of the rule that keeps it from being answered, or null when it is answered
 */
public record Verdict(Fate fate, String rule) {

    /** What becomes of it. */
    public enum Fate {
        ANSWERED,
        /** Kept until a person decides about its sender; then it is answered, in its order. */
        WAITING,
        /** Kept, and never answered. */
        SUPPRESSED
    }

    public static final Verdict ANSWERED = new Verdict(Fate.ANSWERED, null);

    public static Verdict waiting(String rule) {
        return new Verdict(Fate.WAITING, rule);
    }

    public static Verdict suppressed(String rule) {
        return new Verdict(Fate.SUPPRESSED, rule);
    }

    public boolean isAnswered() {
        return fate == Fate.ANSWERED;
    }

    public boolean isWaiting() {
        return fate == Fate.WAITING;
    }

    public boolean isSuppressed() {
        return fate == Fate.SUPPRESSED;
    }
}
