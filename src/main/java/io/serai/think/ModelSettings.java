package io.serai.think;

import jakarta.validation.constraints.Min;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One model: {@code serai.models.<role>} in application.yaml, or {@code SERAI_MODELS_<ROLE>_...} in the environment.
 *
 * @param provider whose API it speaks; left out it is open-ai when there is a base-url or an api-key, and offline otherwise
 * @param baseUrl where it is, as {@code http://localhost:11434/v1}; left out it is the provider's own address
 * @param apiKey never shown, never logged; an open-ai model at a base-url of its own needs none
 * @param name what the provider calls it
 * @param window how many tokens fit into it, prompt and answer together; when left out 128 000, and 8 192 with ollama, which is told it: its own
 * default is smaller, and it cuts off what is beyond without a word
 * @param priceIn per million tokens that it reads, in any currency
 * @param priceCached per million of those that an open-ai model had in its cache; the same as others when left out
 * @param priceOut per million tokens that it writes
 * @param timeout how long one call may take, and all tries of one question on this model to begin
 * @param idleTimeout how long a stream may be silent once it has begun
 * @param thinking how much it thinks; not sent when left out
 * @param temperature not sent when left out
 * @param maxOutputTokens not sent when left out
 * @param attempts how often one question is put to it before the fallback is asked
 * @param patience the longest Retry-After that is waited for; beyond it the fallback is asked at once
 * @param coolDown how long it is left alone after most of its calls failed
 * @param tools whether it is offered tools; one that turns out to take none is asked without
 * @param fallback the roles that are asked when this one does not answer, in this order
 */
record ModelSettings(
        Provider provider,
        String baseUrl,
        String apiKey,
        String name,
        @Min(1_024) Integer window,
        @DefaultValue("0") BigDecimal priceIn,
        BigDecimal priceCached,
        @DefaultValue("0") BigDecimal priceOut,
        @DefaultValue("120s") Duration timeout,
        @DefaultValue("30s") Duration idleTimeout,
        Thinking thinking,
        Double temperature,
        @Min(1) Integer maxOutputTokens,
        @DefaultValue("3") @Min(1) int attempts,
        @DefaultValue("20s") Duration patience,
        @DefaultValue("30s") Duration coolDown,
        @DefaultValue("true") boolean tools,
        @DefaultValue List<String> fallback) {

    /** The share of its window that a prompt fills at most, so that what tools tell and an answer fit too. */
    private static final double PROMPT = 0.65;

    /** The share that tools may fill, beside the prompt and the answer. */
    private static final double TOOLS = 0.2;

    ModelSettings {
        baseUrl = told(baseUrl);
        apiKey = told(apiKey);
        name = told(name);
        priceCached = priceCached == null ? priceIn : priceCached;
        fallback = List.copyOf(fallback);
        if (provider == null && (baseUrl != null || apiKey != null)) {
            provider = Provider.OPEN_AI;
        } else if (provider == null && name == null) {
            provider = Provider.OFFLINE;
        }
        if (provider == Provider.OFFLINE) {
            name = "offline";
            tools = false;
        }
    }

    private static String told(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** Tokens that fit into it. */
    int room() {
        if (window != null) {
            return window;
        }
        return provider == Provider.OLLAMA ? 8_192 : 128_000;
    }

    int promptRoom() {
        return (int) (room() * PROMPT);
    }

    int toolRoom() {
        return (int) (room() * TOOLS);
    }

    /** Whether what fits into another fits into this one; the offline model has no window. */
    boolean holds(ModelSettings other) {
        return provider == Provider.OFFLINE || room() >= other.room();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "%s %s at %s".formatted(provider == null ? "unknown" : provider.word(), name, baseUrl == null ? "its own address" : baseUrl);
    }
}
