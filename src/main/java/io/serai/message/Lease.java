package io.serai.message;

/**
 * The right to work on one lane (a conversation in a queue) until it ends or is lost. Every write that ends the work names the epoch: who lost
 * the lease in the meantime is refused.
 *
 * @param attempt which try this is, counted from 1 before the work began
 */
public record Lease(String queue, long conversationId, long epoch, int attempt) {}
