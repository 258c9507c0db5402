package io.serai.memory;

import io.micrometer.core.instrument.MeterRegistry;
import io.serai.message.Layer;
import io.serai.message.Prompt;
import org.springframework.stereotype.Component;

/** Adds a layer to a prompt: what its query finds, as far as the budget goes. */
@Component("recall")
class Recall {

    private final Layers layers;
    private final MeterRegistry meters;

    Recall(Layers layers, MeterRegistry meters) {
        this.layers = layers;
        this.meters = meters;
    }

    /**
     * @param name a file of {@code memory/layers}, without its ending
     * @param budget tokens the layer may cost; with what earlier layers left it may be more
     * @param upto the layer is left out once this share of the prompt's budget is spent
     */
    public Prompt recall(Prompt prompt, String name, int budget, double upto) {
        boolean spent = prompt.spent() >= upto * prompt.budget() && !layers.file(name).whole();
        Layer layer = spent ? layers.file(name).without(budget, why(prompt, upto)) : layers.lay(prompt, name, budget);
        book(layer);
        return prompt.with(layer);
    }

    private static String why(Prompt prompt, double upto) {
        return "%d of %d tokens were spent; told only below %.0f %%".formatted(prompt.spent(), prompt.budget(), upto * 100);
    }

    /** The rate at which a layer finds something is that of the metric's counts with {@code found=true}. */
    private void book(Layer layer) {
        meters.summary("serai.layer.tokens", "layer", layer.name(), "found", String.valueOf(!layer.lines().isEmpty())).record(layer.tokens());
    }
}
