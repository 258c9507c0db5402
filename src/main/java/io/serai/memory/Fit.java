package io.serai.memory;

import io.serai.message.Cut;
import io.serai.message.Layer;
import io.serai.message.Line;
import io.serai.think.Tokens;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Fits lines, best first, into an allowance of tokens; talk is then told in the order in which it was said. */
final class Fit {

    /** A line of which less than this fits is not worth telling. */
    private static final int LEAST = 40;

    /** Of an allowance that the others need too, a line that was found takes no more than this share. */
    private static final double MOST = 0.5;

    private final List<Line> told = new ArrayList<>();
    private final List<Cut> cuts = new ArrayList<>();
    private final Collection<String> words;
    private final int allowance;
    private final int most;
    private int spent;
    private boolean full;

    private Fit(Collection<String> words, int allowance, int most) {
        this.words = words;
        this.allowance = allowance;
        this.most = most;
    }

    /**
     * @param budget what the layer is meant to cost
     * @param allowance what it may cost, with what earlier layers left
     */
    static Layer into(int budget, int allowance, LayerFile file, List<Line> lines) {
        return into(budget, allowance, file, lines, List.of());
    }

    /** @param words what was searched for: a long line is shortened around them, and leaves room for others; none when nothing was */
    static Layer into(int budget, int allowance, LayerFile file, List<Line> lines, Collection<String> words) {
        if (file.place() == Layer.Place.TALK) {
            Talk talk = Talk.fit(allowance, lines);
            return new Layer(file.name(), file.heading(), file.place(), file.whole(), budget, talk.lines(), talk.tokens(), talk.cuts());
        }
        int allowed = file.whole() ? Integer.MAX_VALUE : allowance;
        int most = words.isEmpty() ? allowed : Math.max(Math.max(LEAST + Tokens.MARK, (int) (allowed * MOST)), Share.of(allowed, lines.stream().map(Tokens::of).toList()));
        var fit = new Fit(words, allowed, most);
        lines.forEach(fit::take);
        return new Layer(file.name(), file.heading(), file.place(), file.whole(), budget, fit.told, fit.spent, fit.cuts);
    }

    private void take(Line line) {
        int left = allowance - spent;
        int room = Math.min(left, most);
        if (full) {
            cuts.add(new Cut(line.source(), "the %d tokens allowed are spent".formatted(allowance)));
        } else if (Tokens.of(line) <= room) {
            tell(line);
        } else if (room >= LEAST + Tokens.MARK) {
            full = room == left;
            String text = Shorten.to(room - Tokens.MARK, line.text(), words);
            cuts.add(new Cut(line.source(), "shortened to %d of %d tokens".formatted(Tokens.in(text), Tokens.in(line.text()))));
            tell(new Line(line.source(), line.role(), line.at(), text));
        } else {
            full = true;
            cuts.add(new Cut(line.source(), "would cost %d of the %d tokens allowed, of which %d are left".formatted(Tokens.of(line), allowance, left)));
        }
    }

    private void tell(Line line) {
        told.add(line);
        spent += Tokens.of(line);
    }
}
