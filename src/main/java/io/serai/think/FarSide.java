package io.serai.think;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.googleai.GeminiThinkingConfig;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.mistralai.MistralAiChatModel;
import dev.langchain4j.model.mistralai.MistralAiStreamingChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.Map;
import java.util.Set;

/**
 * A model as LangChain4j speaks to it, in one piece and token by token. Retries are ours, so LangChain4j's are off; what is not set is not
 * sent.
 */
record FarSide(ChatModel whole, StreamingChatModel stream) {

    /**
     * Anthropic wants to be told how long an answer may be; so many tokens when the settings do not say. Some think unasked, and their thoughts
     * count: it is a ceiling, no size.
     */
    private static final int ANTHROPIC_OUTPUT = 16_384;

    /** The same beside a budget for thoughts: Opus 4 and 4.1 take no more than 32 000 of both together. */
    private static final int ANTHROPIC_OUTPUT_BESIDE = 4_096;

    static FarSide of(ModelSettings model) {
        return of(model, Set.of());
    }

    /** The same, once it is known what it does not take. */
    static FarSide of(ModelSettings model, Set<Lack> lacks) {
        var wire = new WireBuilder(model.timeout(), model.idleTimeout(), LastWord.of(model.provider()));
        return switch (model.provider()) {
            case OPEN_AI -> openAi(model, wire, lacks);
            case ANTHROPIC -> anthropic(model, wire, lacks);
            case OLLAMA -> ollama(model, wire);
            case GEMINI -> gemini(model, wire);
            case MISTRAL -> mistral(model, wire);
            case OFFLINE -> offline(new OfflineModel());
        };
    }

    private static FarSide offline(OfflineModel model) {
        return new FarSide(model, model);
    }

    private static FarSide openAi(ModelSettings model, WireBuilder wire, Set<Lack> lacks) {
        Thinking thinking = lacks.contains(Lack.THINKING_WITH_TOOLS) ? Thinking.OFF : model.thinking();
        String effort = thinking == null ? null : thinking.effort();
        // OpenAI's reasoning models refuse max_tokens; many of those that speak its API know nothing else.
        boolean completionTokens = model.baseUrl() == null || lacks.contains(Lack.MAX_TOKENS);
        Integer most = completionTokens ? null : model.maxOutputTokens();
        Integer mostCompletion = completionTokens ? model.maxOutputTokens() : null;
        return new FarSide(
                OpenAiChatModel.builder().httpClientBuilder(wire).maxRetries(0)
                        .baseUrl(model.baseUrl()).apiKey(model.apiKey()).modelName(model.name())
                        .temperature(model.temperature()).reasoningEffort(effort).maxTokens(most).maxCompletionTokens(mostCompletion)
                        .build(),
                OpenAiStreamingChatModel.builder().httpClientBuilder(wire)
                        .baseUrl(model.baseUrl()).apiKey(model.apiKey()).modelName(model.name())
                        .temperature(model.temperature()).reasoningEffort(effort).maxTokens(most).maxCompletionTokens(mostCompletion)
                        .build());
    }

    private static FarSide anthropic(ModelSettings model, WireBuilder wire, Set<Lack> lacks) {
        Thinking thinking = model.thinking();
        boolean thinks = thinking != null && thinking != Thinking.OFF;
        boolean adaptive = thinking != null && lacks.contains(Lack.BUDGET); // some of these cannot stop thinking either
        String type = thinking == null ? null : adaptive ? "adaptive" : thinks ? "enabled" : "disabled";
        String display = adaptive ? "summarized" : null; // what is not shown cannot go back with what tools told
        Integer budget = thinks && !adaptive ? thinking.budget() : null;
        Map<String, Object> more = adaptive ? Map.of("output_config", Map.of("effort", thinking.anthropicEffort())) : Map.of();
        // Thoughts count as output there.
        int beside = model.maxOutputTokens() != null ? model.maxOutputTokens() : budget == null ? ANTHROPIC_OUTPUT : ANTHROPIC_OUTPUT_BESIDE;
        int most = beside + (thinks ? thinking.budget() : 0);
        return new FarSide(
                AnthropicChatModel.builder().httpClientBuilder(wire).maxRetries(0)
                        .baseUrl(model.baseUrl()).apiKey(model.apiKey()).modelName(model.name())
                        .temperature(model.temperature()).maxTokens(most)
                        .thinkingType(type).thinkingBudgetTokens(budget).thinkingDisplay(display).returnThinking(thinks || adaptive).customParameters(more)
                        .cacheSystemMessages(true)
                        .build(),
                AnthropicStreamingChatModel.builder().httpClientBuilder(wire)
                        .baseUrl(model.baseUrl()).apiKey(model.apiKey()).modelName(model.name())
                        .temperature(model.temperature()).maxTokens(most)
                        .thinkingType(type).thinkingBudgetTokens(budget).thinkingDisplay(display).returnThinking(thinks || adaptive).customParameters(more)
                        .cacheSystemMessages(true)
                        .build());
    }

    private static FarSide ollama(ModelSettings model, WireBuilder wire) {
        // It asks for none itself; one that is hosted, or stands behind a proxy, does.
        Map<String, String> key = model.apiKey() == null ? Map.of() : Map.of("Authorization", "Bearer " + model.apiKey());
        Boolean thinks = model.thinking() == null ? null : model.thinking() != Thinking.OFF;
        return new FarSide(
                OllamaChatModel.builder().httpClientBuilder(wire).maxRetries(0)
                        .baseUrl(model.baseUrl()).customHeaders(key).modelName(model.name())
                        .temperature(model.temperature()).numPredict(model.maxOutputTokens()).numCtx(model.room()).think(thinks)
                        .build(),
                OllamaStreamingChatModel.builder().httpClientBuilder(wire)
                        .baseUrl(model.baseUrl()).customHeaders(key).modelName(model.name())
                        .temperature(model.temperature()).numPredict(model.maxOutputTokens()).numCtx(model.room()).think(thinks)
                        .build());
    }

    private static FarSide gemini(ModelSettings model, WireBuilder wire) {
        GeminiThinkingConfig thinking =
                model.thinking() == null ? null : GeminiThinkingConfig.builder().thinkingBudget(model.thinking().budget()).build();
        return new FarSide(
                GoogleAiGeminiChatModel.builder().httpClientBuilder(wire).maxRetries(0)
                        .baseUrl(model.baseUrl()).apiKey(model.apiKey()).modelName(model.name())
                        .temperature(model.temperature()).maxOutputTokens(model.maxOutputTokens()).thinkingConfig(thinking)
                        .returnThinking(true).sendThinking(true) // or the signature of a call is lost, which goes back with what was told
                        .build(),
                GoogleAiGeminiStreamingChatModel.builder().httpClientBuilder(wire)
                        .baseUrl(model.baseUrl()).apiKey(model.apiKey()).modelName(model.name())
                        .temperature(model.temperature()).maxOutputTokens(model.maxOutputTokens()).thinkingConfig(thinking)
                        .returnThinking(true).sendThinking(true)
                        .build());
    }

    private static FarSide mistral(ModelSettings model, WireBuilder wire) {
        return new FarSide(
                MistralAiChatModel.builder().httpClientBuilder(wire).maxRetries(0)
                        .baseUrl(model.baseUrl()).apiKey(model.apiKey()).modelName(model.name())
                        .temperature(model.temperature()).maxTokens(model.maxOutputTokens())
                        .build(),
                MistralAiStreamingChatModel.builder().httpClientBuilder(wire)
                        .baseUrl(model.baseUrl()).apiKey(model.apiKey()).modelName(model.name())
                        .temperature(model.temperature()).maxTokens(model.maxOutputTokens())
                        .build());
    }
}
