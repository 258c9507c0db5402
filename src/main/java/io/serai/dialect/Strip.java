package io.serai.dialect;

import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.Map;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.task.list.items.TaskListItemMarker;
import org.commonmark.node.Document;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.ThematicBreak;

/**
 * A tree laid out as one strip of text, so that it can be cut anywhere: every node has its place on the strip, and a piece of the strip is a tree
 * again, with all that encloses it. Each leaf block ends with a line feed of its own.
 */
final class Strip {

    /** Stands for what is seen without being text: a rule, a box. Not a character (Unicode 23.7). */
    private static final char SIGN = '\uFFFF';

    private final Document document;
    private final StringBuilder text = new StringBuilder();
    private final BitSet code = new BitSet();
    private final Map<Node, Place> places = new IdentityHashMap<>();

    /** @param index its number among its siblings */
    private record Place(int from, int to, int index) {}

    Strip(Document document) {
        this.document = document;
        lay(document, 0);
    }

    private void lay(Node node, int index) {
        int from = text.length();
        String literal = Sight.literal(node);
        if (literal != null) {
            text.append(literal);
        } else if (node instanceof SoftLineBreak || node instanceof HardLineBreak) {
            text.append('\n');
        } else if (node instanceof ThematicBreak || node instanceof TaskListItemMarker) {
            text.append(SIGN);
        }
        int number = 0;
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            lay(child, number++);
        }
        if (node instanceof FencedCodeBlock) {
            code.set(from, text.length());
        }
        if (isLeafBlock(node) || text.length() == from) {
            text.append('\n');
        }
        places.put(node, new Place(from, text.length(), index));
    }

    static boolean isLeafBlock(Node node) {
        return node instanceof Paragraph || node instanceof Heading || node instanceof TableCell || node instanceof FencedCodeBlock;
    }

    Document document() {
        return document;
    }

    int length() {
        return text.length();
    }

    int from(Node node) {
        return places.get(node).from();
    }

    int to(Node node) {
        return places.get(node).to();
    }

    /** The characters of a piece; signs are line feeds. */
    String text(int from, int to) {
        return text.substring(from, to).replace(SIGN, '\n');
    }

    /** The first place from here on where something stands. */
    int ahead(int from) {
        int at = from;
        while (at < text.length() && (text.charAt(at) == '\n' || !code.get(at) && Character.isWhitespace(text.charAt(at)))) {
            at++;
        }
        return at;
    }

    private int behind(int to) {
        int at = to;
        while (at > 0 && Character.isWhitespace(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    /** Forgets what lies wholly before a place, so that nobody walks over it again. */
    void forget(int before) {
        forget(document, before);
    }

    private void forget(Node parent, int before) {
        Node node = parent.getFirstChild();
        while (node != null && from(node) < before) {
            Node next = node.getNext();
            if (node instanceof TableHead) {
                node = next;
                continue;
            }
            if (to(node) <= before) {
                node.unlink();
                places.remove(node);
            } else if (!isLeafBlock(node) && !(node instanceof TableRow)) {
                forget(node, before);
            }
            node = next;
        }
    }

    /** A piece of the strip as a tree. */
    Document piece(int from, int to) {
        int start = ahead(from);
        return (Document) copy(document, start, Math.max(start, behind(to)));
    }

    private Node copy(Node node, int from, int to) {
        Node copy = Copies.of(node, Math.max(0, from - from(node)), to - from(node));
        for (Node child = node.getFirstChild(); child != null && (from(child) < to || node instanceof TableRow); child = child.getNext()) {
            if (child instanceof TableHead && to(child) <= from) {
                copy.appendChild(copy(child, from(child), to(child)));
            } else if (to(child) > from && from(child) < to) {
                number(copy, child);
                copy.appendChild(copy(child, from, to));
            } else if (node instanceof TableRow) {
                copy.appendChild(Copies.of(child, 0, 0));
            }
        }
        return copy;
    }

    private void number(Node copy, Node firstItem) {
        if (copy instanceof OrderedList list && list.getFirstChild() == null) {
            list.setMarkerStartNumber(Numbers.first(list) + places.get(firstItem).index());
        }
    }
}
