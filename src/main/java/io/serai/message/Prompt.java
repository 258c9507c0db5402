package io.serai.message;

import java.util.List;
import java.util.stream.Stream;

/**
 * A turn with what is known around it.
 *
 * @param persona who we are, as the model is told
 * @param now the date and time in the contact's zone, and whether this is the first thing said in the conversation
 * @param budget tokens that all layers together may cost
 */
public record Prompt(Turn turn, String persona, String now, int budget, List<Layer> layers) {

    public Prompt {
        layers = List.copyOf(layers);
    }

    /** The same prompt with one more layer. */
    public Prompt with(Layer layer) {
        return new Prompt(turn, persona, now, budget, Stream.concat(layers.stream(), Stream.of(layer)).toList());
    }

    /** Tokens the layers cost so far. */
    public int spent() {
        return layers.stream().mapToInt(Layer::tokens).sum();
    }

    public List<Layer> at(Layer.Place place) {
        return layers.stream().filter(layer -> layer.place() == place).toList();
    }
}
