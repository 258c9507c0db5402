package io.serai.think;

import java.time.Duration;

/** What a model turned out not to take, and how it is asked then. */
enum Lack {
    TOOLS("no-tools", "takes no tools, and is asked without from now on; serai.models.<role>.tools: false says so from the start"),

    /** OpenRouter: none of those who serve this model just now takes tools; another may be back, or come. */
    TOOLS_NOW("no-tools", "has nobody just now who takes tools, and is asked without for an hour", Duration.ofHours(1)),

    /** One that was not set, but added by us. */
    TEMPERATURE("no-temperature", "takes no temperature, and is asked without from now on"),

    /** OpenAI's models that think: the limit of an answer goes by its newer name. */
    MAX_TOKENS("no-max-tokens", "takes no max_tokens, and is asked with max_completion_tokens from now on"),

    /** OpenAI's from GPT-5.4 on: over chat completions they think, or use tools. They think also where nobody told them how much. */
    THINKING_WITH_TOOLS("no-thinking-with-tools", "takes no tools while it thinks, and does not think from now on where it has tools"),

    /** Anthropic's from Opus 4.7 on: how much to think is an effort. */
    BUDGET("no-budget", "takes no budget for its thoughts, and is told an effort from now on");

    private final String outcome;
    private final String story;
    private final Duration life;

    Lack(String outcome, String story) {
        this(outcome, story, null);
    }

    Lack(String outcome, String story, Duration life) {
        this.outcome = outcome;
        this.story = story;
        this.life = life;
    }

    /** The word for a call that found it out, in tables and metrics. */
    String outcome() {
        return outcome;
    }

    /** What is told of a model of which it became known. */
    String story(String role) {
        return story.replace("<role>", role);
    }

    /** How long it holds, or null: until the hub starts anew. */
    Duration life() {
        return life;
    }
}
