package io.serai.memory;

import io.micrometer.core.instrument.MeterRegistry;
import io.serai.message.Layer;
import io.serai.message.Prompt;
import org.springframework.stereotype.Component;

/** Adds a layer to a prompt: what its query finds, as far as the budget goes. */
@Component("recall")
class Recall {

    /** How many times its budget a layer that searches by meaning may cost when a turn reaches far back. */
    private static final int FAR = 2;

    private final Layers layers;
    private final PhraseBook phrases;
    private final MeterRegistry meters;

    Recall(Layers layers, PhraseBook phrases, MeterRegistry meters) {
        this.layers = layers;
        this.phrases = phrases;
        this.meters = meters;
    }

    /**
     * @param name a file of {@code memory/layers}, without its ending
     * @param budget tokens the layer may cost; with what earlier layers left it may be more
     * @param upto the layer is left out once this share of the prompt's budget is spent
     */
    public Prompt recall(Prompt prompt, String name, int budget, double upto) {
        LayerFile file = layers.file(name);
        boolean spent = prompt.spent() >= upto * prompt.budget() && !file.whole();
        Layer layer = spent ? file.without(budget, why(prompt, upto)) : layers.lay(prompt, file, meant(prompt, file, budget));
        book(layer);
        return prompt.with(layer);
    }

    private int meant(Prompt prompt, LayerFile file, int budget) {
        return file.embeds() && Reach.isFar(prompt, phrases.of("past"), layers.heardBefore(prompt.turn())) ? FAR * budget : budget;
    }

    private static String why(Prompt prompt, double upto) {
        return "%d of %d tokens were spent; told only below %.0f %%".formatted(prompt.spent(), prompt.budget(), upto * 100);
    }

    /** The rate at which a layer finds something is the share of {@code found=true} in those counts that are not {@code skipped}. */
    private void book(Layer layer) {
        meters.summary("serai.layer.tokens", "layer", layer.name(), "found", found(layer)).record(layer.tokens());
    }

    private static String found(Layer layer) {
        boolean skipped = layer.cuts().stream().anyMatch(cut -> cut.source() == null);
        return skipped ? "skipped" : String.valueOf(!layer.lines().isEmpty());
    }
}
