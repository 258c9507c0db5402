package io.serai.memory;

import io.serai.message.Cut;
import io.serai.message.Line;
import io.serai.think.Tokens;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How much of a talk is told, of what its query found: the more, the shorter its messages are, but never fewer than five; when even they cost too much,
 * the longest are cut.
 *
 * @param lines oldest first
 */
record Talk(List<Line> lines, int tokens, List<Cut> cuts) {

    static final int FEWEST = 5;

    static Talk fit(int allowance, List<Line> newestFirst) {
        List<Line> told = newestFirst.subList(0, Math.min(newestFirst.size(), count(allowance, newestFirst)));
        int longest = Share.of(allowance, told.stream().map(Tokens::of).toList());
        List<Cut> cuts = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        for (Line line : told.reversed()) {
            String text = Shorten.to(Math.max(1, longest - Tokens.MARK), line.text());
            if (text.length() != line.text().length()) {
                cuts.add(new Cut(line.source(), "shortened to %d of %d tokens, so that %d messages fit".formatted(Tokens.in(text), Tokens.in(line.text()), told.size())));
            }
            lines.add(new Line(line.source(), line.role(), line.at(), text));
        }
        newestFirst.subList(told.size(), newestFirst.size())
                .forEach(line -> cuts.add(new Cut(line.source(), "%d messages of this length fit into %d tokens".formatted(told.size(), allowance))));
        lines.sort(Comparator.comparing(Line::at, Comparator.nullsFirst(Comparator.naturalOrder())));
        return new Talk(lines, lines.stream().mapToInt(Tokens::of).sum(), cuts);
    }

    /** As many as fit when each is as long as they are on average. */
    private static int count(int allowance, List<Line> lines) {
        double mean = lines.stream().mapToInt(Tokens::of).average().orElse(1);
        return allowance < Tokens.MARK * FEWEST ? 0 : Math.max(FEWEST, (int) (allowance / mean));
    }
}
