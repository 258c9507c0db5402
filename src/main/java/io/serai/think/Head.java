package io.serai.think;

import dev.langchain4j.data.message.ChatMessage;
import io.serai.message.Cut;
import io.serai.message.Layer;
import io.serai.message.Line;
import io.serai.message.Prompt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What a dialogue begins with: a prompt, and the messages that it is for a model. */
record Head(Prompt prompt, List<ChatMessage> messages) {

    /** @param room tokens that the messages may cost */
    static Head of(Prompt prompt, int room) {
        return new Head(prompt, Frame.of(prompt, room));
    }

    /** The same in less room: layers that come last are the least precious, and go first, line by line. */
    Head within(int room) {
        int bare = Frame.cost(Frame.of(with(List.of()), room));
        int excess = prompt.spent() - Models.memoryRoom(room, bare);
        List<Layer> layers = new ArrayList<>(prompt.layers());
        for (int place = layers.size() - 1; place >= 0 && excess > 0; place--) {
            Layer layer = layers.get(place);
            Layer less = layer.whole() ? layer : less(layer, excess);
            excess -= layer.tokens() - less.tokens();
            layers.set(place, less);
        }
        return of(with(layers), room);
    }

    private Prompt with(List<Layer> layers) {
        return new Prompt(prompt.turn(), prompt.persona(), prompt.now(), prompt.budget(), layers);
    }

    /** A layer has its best lines first, a talk its oldest. */
    private static Layer less(Layer layer, int excess) {
        Deque<Line> lines = new ArrayDeque<>(layer.lines());
        List<Cut> cuts = new ArrayList<>(layer.cuts());
        int freed = 0;
        while (freed < excess && !lines.isEmpty()) {
            Line line = layer.place() == Layer.Place.TALK ? lines.removeFirst() : lines.removeLast();
            freed += Tokens.of(line);
            cuts.add(new Cut(line.source(), "no room in the window of the model that answered"));
        }
        return new Layer(layer.name(), layer.heading(), layer.place(), layer.whole(), layer.budget(), List.copyOf(lines), layer.tokens() - freed, cuts);
    }
}
