package io.serai.think;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.micrometer.core.instrument.MeterRegistry;
import io.serai.message.Expense;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * What the models are used for and what it costs: a row per try in {@code model_call}, and {@code serai.tokens}, {@code serai.cost},
 * {@code serai.model.calls} and {@code serai.model.time} as metrics.
 *
 * <p>A try that a fallback made is booked on the role that was asked for. Tokens that a provider does not tell are estimated; a failed try
 * costs none.
 */
@Component
class Usage {

    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    private final MeterRegistry meters;
    private final Ledger ledger;

    Usage(MeterRegistry meters, Ledger ledger) {
        this.meters = meters;
        this.ledger = ledger;
    }

    void book(Books books, int in, int out, Duration took, String outcome) {
        ModelSettings model = books.model();
        var call = new Ledger.Call(
                books.conversationId(), books.messageId(), books.role(), model.name(), model.provider().word(), in, out, cost(model, in, out),
                took, outcome, Instant.now());
        count(call);
        ledger.write(call);
    }

    private void count(Ledger.Call call) {
        meters.counter("serai.tokens", "role", call.role(), "model", call.model(), "direction", "in").increment(call.tokensIn());
        meters.counter("serai.tokens", "role", call.role(), "model", call.model(), "direction", "out").increment(call.tokensOut());
        meters.counter("serai.cost", "role", call.role(), "model", call.model()).increment(call.cost().doubleValue());
        meters.counter("serai.model.calls", "role", call.role(), "model", call.model(), "outcome", call.outcome()).increment();
        meters.timer("serai.model.time", "role", call.role(), "model", call.model()).record(call.took());
    }

    static Expense expense(ModelSettings model, ChatRequest request, ChatResponse response, Duration took) {
        int in = tokensIn(response, request);
        int out = tokensOut(response);
        return new Expense(in, out, cost(model, in, out), took);
    }

    private static BigDecimal cost(ModelSettings model, int in, int out) {
        return model.priceIn().multiply(BigDecimal.valueOf(in))
                .add(model.priceOut().multiply(BigDecimal.valueOf(out)))
                .divide(MILLION, 6, RoundingMode.HALF_UP);
    }

    static int tokensIn(ChatResponse response, ChatRequest request) {
        if (response.tokenUsage() != null && response.tokenUsage().inputTokenCount() != null) {
            return response.tokenUsage().inputTokenCount();
        }
        return request.messages().stream().mapToInt(message -> Tokens.in(text(message))).sum();
    }

    static int tokensOut(ChatResponse response) {
        if (response.tokenUsage() != null && response.tokenUsage().outputTokenCount() != null) {
            return response.tokenUsage().outputTokenCount();
        }
        return Tokens.in(text(response.aiMessage()));
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
