package io.serai.dialect;

import java.text.BreakIterator;
import java.util.Locale;
import java.util.function.Predicate;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.task.list.items.TaskListItemMarker;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;

/**
 * Where to cut. A block that fits into one part is never cut; a longer one is when what stands before it does not fill half a part. Then the cut
 * goes behind a sentence, else a word, if that fills half a part, and else between two graphemes; in code it goes behind a line.
 */
final class Cuts {

    /** How much text behind a cut is looked at to find out whether a sentence or a grapheme ends there. */
    private static final int AHEAD = 100;

    private final Strip strip;
    private final Predicate<Node> fits;

    Cuts(Strip strip, Predicate<Node> fits) {
        this.strip = strip;
        this.fits = fits;
    }

    /** The best place behind {@code at} and not behind {@code most}. */
    int before(int at, int most) {
        int end = strip.ahead(most);
        return end == strip.length() ? end : before(strip.document(), at, end > most && isEdge(strip.document(), end) ? end : most);
    }

    /** Whether a leaf block begins here, so that only the ends of blocks lie before it. */
    private boolean isEdge(Node parent, int place) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
            if (strip.from(node) == place) {
                return true;
            }
            if (strip.from(node) < place && strip.to(node) > place) {
                return !Strip.isLeafBlock(node) && isEdge(node, place);
            }
        }
        return false;
    }

    private int before(Node parent, int at, int most) {
        Node node = parent.getFirstChild();
        while (strip.to(node) <= most) {
            node = node.getNext();
        }
        int start = strip.from(node);
        if (start >= most) {
            return neat(node, at, most);
        }
        if (start > at && !(node instanceof TableBody) && (fits.test(node) || isHalf(at, start, most))) {
            int neat = neat(node, at, -1);
            if (neat > at) {
                return neat;
            }
        }
        return Strip.isLeafBlock(node) ? within(node, at, most) : node.getFirstChild() == null ? most : before(node, at, most);
    }

    /** The place before a node, or before what must not be left alone at the end of a part: a heading, a table's head, a box. */
    private int neat(Node node, int at, int otherwise) {
        Node first = node instanceof TableRow && node.getPrevious() == null && node.getParent() instanceof TableBody body ? body : node;
        Node before = first.getPrevious();
        if (before instanceof Heading || before instanceof TableHead || before instanceof TaskListItemMarker) {
            Node moved = before instanceof Heading ? before : before.getParent();
            return strip.from(moved) > at ? neat(moved, at, strip.from(moved)) : otherwise;
        }
        return strip.from(node) > at ? strip.from(node) : otherwise;
    }

    private int within(Node node, int at, int most) {
        int start = Math.max(at, strip.from(node));
        if (node instanceof FencedCodeBlock) {
            int line = strip.text(start, most).lastIndexOf('\n') + 1;
            if (line > 0 && start + line > at) {
                return start + line;
            }
        }
        return withinText(at, start, most);
    }

    /** @param start where the text begins to which the cut belongs, at or behind {@code at} */
    int withinText(int at, int start, int most) {
        String text = strip.text(start, Math.min(strip.length(), most + AHEAD));
        int end = most - start;
        int sentence = start + last(BreakIterator.getSentenceInstance(Locale.ROOT), text, end);
        if (sentence > at && isHalf(at, sentence, most)) {
            return sentence;
        }
        int word = start + wordBefore(text, end);
        if (word > at && isHalf(at, word, most)) {
            return word;
        }
        int grapheme = start + last(BreakIterator.getCharacterInstance(Locale.ROOT), text, end);
        return grapheme > at ? grapheme : whole(at, most);
    }

    private static boolean isHalf(int at, int place, int most) {
        return (place - at) * 2L >= most - at;
    }

    private static int last(BreakIterator breaks, String text, int end) {
        if (end >= text.length()) {
            return end;
        }
        breaks.setText(text);
        return breaks.preceding(end + 1);
    }

    private static int wordBefore(String text, int end) {
        if (end >= text.length() || Character.isWhitespace(text.charAt(end))) {
            return end;
        }
        int word = end;
        while (word > 0 && !Character.isWhitespace(text.charAt(word - 1))) {
            word--;
        }
        return word;
    }

    /** A grapheme longer than a part is cut between its characters, but never within one. */
    private int whole(int at, int most) {
        String text = strip.text(at, Math.min(strip.length(), most + 1));
        int end = most - at;
        boolean splits = end < text.length() && Character.isLowSurrogate(text.charAt(end)) && Character.isHighSurrogate(text.charAt(end - 1));
        return !splits ? most : end > 1 ? most - 1 : most + 1;
    }
}
