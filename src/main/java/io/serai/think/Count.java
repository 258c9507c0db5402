package io.serai.think;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.TokenUsage;
import java.math.BigDecimal;

/**
 * The tokens of one answer, as the provider told them or else as we estimate.
 *
 * @param pricedIn those that were read, each as often as it is charged
 * @param cached those among the read that have a price of their own, and are not among the priced
 */
record Count(int in, int out, BigDecimal pricedIn, int cached) {

    static final Count NONE = new Count(0, 0, BigDecimal.ZERO, 0);

    /** Anthropic charges more for a token that it writes into its cache, and little for one that it reads there. */
    private static final BigDecimal WRITTEN = new BigDecimal("1.25");
    private static final BigDecimal READ = new BigDecimal("0.1");

    static Count of(ChatResponse response, ChatRequest request) {
        TokenUsage told = response.tokenUsage();
        int out = out(told, response);
        int in = told != null && told.inputTokenCount() != null
                ? told.inputTokenCount()
                : request.messages().stream().mapToInt(message -> Tokens.in(text(message))).sum();
        if (!(told instanceof AnthropicTokenUsage anthropic)) {
            int cached = cached(told, in);
            return new Count(in, out, BigDecimal.valueOf(in - cached), cached);
        }
        // They are not among its input tokens.
        int written = orNone(anthropic.cacheCreationInputTokens());
        int read = orNone(anthropic.cacheReadInputTokens());
        BigDecimal priced = BigDecimal.valueOf(in).add(WRITTEN.multiply(BigDecimal.valueOf(written))).add(READ.multiply(BigDecimal.valueOf(read)));
        return new Count(in + written + read, out, priced, 0);
    }

    /** OpenAI counts what it had in its cache among its input tokens. */
    private static int cached(TokenUsage told, int in) {
        return told instanceof OpenAiTokenUsage openAi && openAi.inputTokensDetails() != null
                ? Math.clamp(orNone(openAi.inputTokensDetails().cachedTokens()), 0, in)
                : 0;
    }

    /** What Gemini thought is in its total alone, and charged as what it wrote. */
    private static int out(TokenUsage told, ChatResponse response) {
        int written = told != null && told.outputTokenCount() != null ? told.outputTokenCount() : Tokens.in(text(response.aiMessage()));
        return told == null || told.inputTokenCount() == null || told.totalTokenCount() == null
                ? written
                : Math.max(written, told.totalTokenCount() - told.inputTokenCount());
    }

    private static int orNone(Integer count) {
        return count == null ? 0 : count;
    }

    private static String text(ChatMessage message) {
        String text = switch (message) {
            case SystemMessage system -> system.text();
            case UserMessage user -> user.hasSingleText() ? user.singleText() : "";
            case AiMessage asked when asked.hasToolExecutionRequests() -> asked.text() + asked.toolExecutionRequests();
            case AiMessage answer -> answer.text();
            case ToolExecutionResultMessage told -> told.text();
            default -> "";
        };
        return text == null ? "" : text;
    }
}
