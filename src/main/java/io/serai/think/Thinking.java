package io.serai.think;

/**
 * How long a model may think before it answers.
 *
 * <p>OpenAI takes the level as its {@code reasoning_effort}; Anthropic and Gemini take a budget of tokens, Anthropic's newer
 * models an effort; Ollama only yes or no.
 */
enum Thinking {
    OFF(0),
    MINIMAL(1_024),
    LOW(2_048),
    MEDIUM(8_192),
    HIGH(16_384),
    XHIGH(32_768);

    private final int budget;

    Thinking(int budget) {
        this.budget = budget;
    }

    /** In tokens; Anthropic takes none below 1 024. */
    int budget() {
        return budget;
    }

    String effort() {
        return this == OFF ? "none" : name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The nearest that all of Anthropic's models with an effort know. */
    String anthropicEffort() {
        return switch (this) {
            case OFF, MINIMAL, LOW -> "low";
            case MEDIUM -> "medium";
            case HIGH, XHIGH -> "high";
        };
    }
}
