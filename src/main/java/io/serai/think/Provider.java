package io.serai.think;

/** Whose API a model speaks. */
enum Provider {
    /** The chat completions of OpenAI, and all that speak them: vLLM, llama.cpp, Ollama, OpenRouter ... */
    OPEN_AI,
    ANTHROPIC,
    OLLAMA,
    GEMINI,
    MISTRAL,
    /** No language model: see {@link OfflineModel}. */
    OFFLINE;

    /** The word in settings, tables and metrics. */
    String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    boolean asksForKey() {
        return this == ANTHROPIC || this == GEMINI || this == MISTRAL;
    }

    boolean canThink() {
        return this != MISTRAL && this != OFFLINE;
    }
}
