package io.serai.memory;

import io.serai.message.Layer;
import io.serai.message.Line;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Fits lines, best first, into a budget of tokens; talk is then told in the order in which it was said. */
final class Fit {

    /** What a line costs besides its text: its mark, its date, who said it. */
    private static final int MARK = 12;

    private Fit() {}

    static Layer into(int budget, LayerFile file, List<Line> lines) {
        List<Line> told = new ArrayList<>();
        int spent = 0;
        for (Line line : lines) {
            int cost = Cost.of(line.text()) + MARK;
            if (spent + cost > budget) {
                break;
            }
            told.add(line);
            spent += cost;
        }
        String cut = told.size() < lines.size() ? "%d of %d lines left out: budget of %d tokens".formatted(lines.size() - told.size(), lines.size(), budget) : null;
        if (file.place() == Layer.Place.TALK) {
            told.sort(Comparator.comparing(Line::at));
        }
        return new Layer(file.name(), file.heading(), file.place(), told, spent, cut);
    }
}
