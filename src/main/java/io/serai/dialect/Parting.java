package io.serai.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.commonmark.node.Document;
import org.commonmark.node.Node;

/**
 * Parts a text that is too long for one message. Each part reaches as far as the limit lets it and is cut at the best place before that. What is
 * found to be told differently once it is written and read again (marks that meet in a way Markdown cannot write) is told without marks.
 */
final class Parting {

    private static final int TRIES = 3;

    private final Dialect dialect;
    private final int limit;
    private final Strip strip;
    private final Cuts cuts;
    private int taken;

    /** @param to where on the strip the next one begins */
    private record Part(String markdown, int to) {}

    Parting(Dialect dialect, Document document, int limit) {
        this.dialect = dialect;
        this.limit = limit;
        taken = limit;
        strip = new Strip(document);
        cuts = new Cuts(strip, this::fits);
    }

    List<String> parts() {
        List<String> parts = new ArrayList<>();
        for (int at = strip.ahead(0); at < strip.length(); at = strip.ahead(at)) {
            Part part = next(at);
            if (!part.markdown().isEmpty()) {
                parts.add(part.markdown());
            }
            at = part.to();
            strip.forget(at);
        }
        return parts;
    }

    private Part next(int at) {
        int most = farthest(at, to -> strip.piece(at, to));
        for (int tried = 0; tried < TRIES && most > at; tried++) {
            int cut = cuts.before(at, most);
            Document piece = strip.piece(at, cut);
            if (!Sight.isVisible(piece)) {
                return new Part("", cut);
            }
            String markdown = Writing.write(piece);
            if (isTrue(markdown, piece)) {
                return new Part(markdown, cut);
            }
            most = at + (cut - at) / 2;
        }
        return bare(at);
    }

    private boolean isTrue(String markdown, Document piece) {
        Document again = Reading.read(markdown);
        return dialect.size(again) <= limit && Sight.of(again).equals(Sight.of(piece));
    }

    /** The next part without any marks, and without what encloses it. */
    private Part bare(int at) {
        IntFunction<Document> piece = to -> Reading.read(Writing.write(Reading.plain(strip.text(at, to))));
        int most = Math.max(farthest(at, piece), at + 1);
        int cut = cuts.withinText(at, at, most);
        Document plain = Reading.plain(strip.text(at, cut));
        return new Part(Sight.isVisible(plain) ? Writing.write(plain) : "", cut);
    }

    /**
     * How far a part from here may reach; where it begins when not even one character fits with all that encloses it. The search begins with
     * what the last part took, since in HTML a short text may be long.
     */
    private int farthest(int at, IntFunction<Document> piece) {
        int end = (int) Math.min(strip.length(), (long) at + dialect.reach(limit));
        int fits = at;
        int fitsNot = end + 1;
        for (int step = taken; fitsNot - fits > 1; ) {
            int next = fitsNot > end ? Math.min(end, fits + step) : fits + (fitsNot - fits) / 2;
            if (dialect.size(piece.apply(next)) <= limit) {
                fits = next;
                step *= 2;
            } else {
                fitsNot = next;
            }
        }
        taken = Math.max(1, fits - at);
        return fits;
    }

    private boolean fits(Node node) {
        int from = strip.from(node);
        int to = strip.to(node);
        return to - from <= dialect.reach(limit) + 1 && dialect.size(strip.piece(from, to)) <= limit;
    }
}
