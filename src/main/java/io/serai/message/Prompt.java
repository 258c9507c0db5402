package io.serai.message;

import java.util.List;
import java.util.stream.Stream;

/**
 * A turn with what is known around it.
 *
 * @param persona who we are, as the model is told
 * @param now the date and time in the contact's zone, and whether this is the first thing said in the conversation
 * @param budget tokens that all layers together may cost
 * @param layers in the order in which they were laid; one that found nothing is there too, without lines
 * @param laid the messages as a model got them, kept for who asks later what it saw; empty until then
 */
public record Prompt(Turn turn, String persona, String now, int budget, List<Layer> layers, List<Utterance> laid) {

    public Prompt {
        layers = List.copyOf(layers);
        laid = List.copyOf(laid);
    }

    public Prompt(Turn turn, String persona, String now, int budget, List<Layer> layers) {
        this(turn, persona, now, budget, layers, List.of());
    }

    /** The same prompt with one more layer. */
    public Prompt with(Layer layer) {
        return new Prompt(turn, persona, now, budget, Stream.concat(layers.stream(), Stream.of(layer)).toList(), laid);
    }

    /** The same prompt as it was laid before a model. */
    public Prompt laid(List<Utterance> messages) {
        return new Prompt(turn, persona, now, budget, layers, messages);
    }

    /** Tokens that a layer may cost which is meant to cost this many: what earlier layers left is added, what they took beyond theirs is missing. */
    public int allowance(int meant) {
        int left = layers.stream().mapToInt(layer -> layer.budget() - layer.tokens()).sum();
        return Math.max(0, Math.min(meant + left, budget - spent()));
    }

    /** Tokens the layers cost so far. */
    public int spent() {
        return layers.stream().mapToInt(Layer::tokens).sum();
    }

    public List<Layer> at(Layer.Place place) {
        return layers.stream().filter(layer -> layer.place() == place).toList();
    }

    /** For errors and logs, which tell no words of anybody. */
    @Override
    public String toString() {
        return "Prompt[turn=%s]".formatted(turn);
    }
}
