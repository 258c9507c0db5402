package io.serai.think;

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
 * <p>A try that a fallback made is booked on the role that was asked for. Tokens that a provider does not tell are estimated; a failed
 * try costs what the provider told of it, which is nothing when no answer came.
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

    void book(Books books, Count count, Duration took, String outcome) {
        ModelSettings model = books.model();
        var call = new Ledger.Call(
                books.conversationId(), books.messageId(), books.role(), model.name(), model.provider().word(), count.in(), count.out(), cost(model, count),
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
        var count = Count.of(response, request);
        return new Expense(count.in(), count.out(), cost(model, count), took);
    }

    private static BigDecimal cost(ModelSettings model, Count count) {
        return model.priceIn().multiply(count.pricedIn())
                .add(model.priceCached().multiply(BigDecimal.valueOf(count.cached())))
                .add(model.priceOut().multiply(BigDecimal.valueOf(count.out())))
                .divide(MILLION, 6, RoundingMode.HALF_UP);
    }
}
