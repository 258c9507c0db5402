package io.serai.dialect;

import java.util.stream.Collectors;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;

/** Text without marks, as it stands in the text part of a mail or on a terminal. */
class Plain extends Flow {

    @Override
    String text(String literal) {
        return literal;
    }

    @Override
    String strong(Node node, String inner) {
        return inner;
    }

    @Override
    String emphasis(Node node, String inner) {
        return inner;
    }

    /** What is struck out is no longer meant: without a mark it would be said. */
    @Override
    String strike(Node node, String inner) {
        return "~" + inner + "~";
    }

    @Override
    String spoiler(String inner) {
        return inner;
    }

    @Override
    String code(String literal) {
        return literal;
    }

    @Override
    String link(String destination, String inner) {
        return spelt(destination, inner);
    }

    @Override
    String heading(Heading heading, String inner) {
        return inner;
    }

    @Override
    String quote(BlockQuote quote, String inner) {
        return inner.lines().map(line -> "> " + line).collect(Collectors.joining("\n"));
    }

    @Override
    String codeBlock(String language, String literal) {
        return literal;
    }

    /** Nothing else tells where it ends. */
    @Override
    boolean isVerbatim(Node block) {
        return false;
    }

    @Override
    String table(Grid grid) {
        return grid.aligned();
    }

    @Override
    String bullet() {
        return "- ";
    }

    @Override
    String box(boolean checked) {
        return checked ? "[x] " : "[ ] ";
    }

    @Override
    String rule() {
        return "---";
    }
}
