package io.serai.message;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * What an answer took of the model that gave it.
 *
 * @param tokensIn what it read, as it counted or else as we estimate
 * @param tokensOut what it wrote
 * @param cost by the prices of {@code serai.models}
 * @param took from the question to the whole answer, with what was tried in vain before
 */
public record Expense(int tokensIn, int tokensOut, BigDecimal cost, Duration took) {

    /** Both together. */
    public Expense plus(Expense other) {
        return new Expense(tokensIn + other.tokensIn, tokensOut + other.tokensOut, cost.add(other.cost), took.plus(other.took));
    }
}
