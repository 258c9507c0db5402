package io.serai.memory;

import io.serai.message.Cut;
import io.serai.message.Layer;
import io.serai.message.Line;
import java.util.ArrayList;
import java.util.List;

/** Fits lines, best first, into an allowance of tokens; talk is then told in the order in which it was said. */
final class Fit {

    /** What a line costs besides its text: its mark, its date, who said it. */
    static final int MARK = 12;

    /** A line of which less than this fits is not worth telling. */
    private static final int LEAST = 40;

    private final List<Line> told = new ArrayList<>();
    private final List<Cut> cuts = new ArrayList<>();
    private int spent;

    private Fit() {}

    /**
     * @param budget what the layer is meant to cost
     * @param allowance what it may cost, with what earlier layers left
     */
    static Layer into(int budget, int allowance, LayerFile file, List<Line> lines) {
        if (file.place() == Layer.Place.TALK) {
            Talk talk = Talk.fit(allowance, lines);
            return new Layer(file.name(), file.heading(), file.place(), budget, talk.lines(), talk.tokens(), talk.cuts());
        }
        var fit = new Fit();
        lines.forEach(line -> fit.take(line, file.whole() ? Integer.MAX_VALUE : allowance));
        return new Layer(file.name(), file.heading(), file.place(), budget, fit.told, fit.spent, fit.cuts);
    }

    static int cost(Line line) {
        return Cost.of(line.text()) + MARK;
    }

    private void take(Line line, int allowance) {
        int left = allowance - spent;
        if (!cuts.isEmpty()) {
            cuts.add(new Cut(line.source(), "the %d tokens allowed are spent".formatted(allowance)));
        } else if (cost(line) <= left) {
            tell(line);
        } else if (left >= LEAST + MARK) {
            String text = Shorten.to(left - MARK, line.text());
            cuts.add(new Cut(line.source(), "shortened to %d of %d tokens".formatted(Cost.of(text), Cost.of(line.text()))));
            tell(new Line(line.source(), line.role(), line.at(), text));
        } else {
            cuts.add(new Cut(line.source(), "would cost %d of the %d tokens allowed, of which %d are left".formatted(cost(line), allowance, left)));
        }
    }

    private void tell(Line line) {
        told.add(line);
        spent += cost(line);
    }
}
