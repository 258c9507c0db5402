package io.serai.dialect;

import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;

/** What a reader sees of a tree. */
final class Sight {

    private Sight() {}

    /** All characters that are said, without white space and without what only marks. */
    static String of(Node node) {
        var seen = new StringBuilder();
        gather(node, seen);
        return seen.toString();
    }

    static boolean isVisible(Node document) {
        return document.getFirstChild() instanceof ThematicBreak || of(document).codePoints().anyMatch(Sight::isSeen);
    }

    private static void gather(Node node, StringBuilder seen) {
        String literal = literal(node);
        for (int i = 0; literal != null && i < literal.length(); i++) {
            if (!isSpace(literal.charAt(i))) {
                seen.append(literal.charAt(i));
            }
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            gather(child, seen);
        }
    }

    /** @return null for a node that has no text of its own */
    static String literal(Node node) {
        return switch (node) {
            case Text text -> text.getLiteral();
            case Code code -> code.getLiteral();
            case FencedCodeBlock code -> code.getLiteral();
            default -> null;
        };
    }

    static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static boolean isSeen(int point) {
        return !Character.isWhitespace(point) && !Character.isSpaceChar(point)
                && Character.getType(point) != Character.FORMAT && Character.getType(point) != Character.CONTROL;
    }
}
