package io.serai.dialect;

import java.util.stream.Collectors;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Emphasis;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;

/**
 * Slack's mrkdwn (docs.slack.dev, Formatting message text): {@code & < >} escaped, so that nobody is called by what a model wrote; marks count
 * only at the edge of a word and within a line. Limits: 4 000 characters a message, 3 000 a section, marks and entities included.
 */
final class Slack extends Flow {

    /** Takes no room and makes an edge. */
    private static final String EDGE = "\u200B";

    @Override
    String text(String literal) {
        return escape(literal);
    }

    @Override
    String strong(Node node, String inner) {
        return isWithin(StrongEmphasis.class, node) || isWithin(Heading.class, node) ? inner : mark("*", node, inner);
    }

    @Override
    String emphasis(Node node, String inner) {
        return isWithin(Emphasis.class, node) ? inner : mark("_", node, inner);
    }

    @Override
    String strike(Node node, String inner) {
        return mark("~", node, inner);
    }

    @Override
    String spoiler(String inner) {
        return inner;
    }

    /** A backtick cannot be told inside code; such code is told without marks. */
    @Override
    String code(String literal) {
        return literal.indexOf('`') >= 0 ? escape(literal) : "`" + escape(literal) + "`";
    }

    @Override
    String link(String destination, String inner) {
        return "<" + escape(destination).replace("|", "%7C") + "|" + inner.replace("|", "¦").replace('\n', ' ') + ">";
    }

    @Override
    String heading(Heading heading, String inner) {
        return inner.isBlank() ? "" : within("*", inner);
    }

    @Override
    String quote(BlockQuote quote, String inner) {
        return isWithin(BlockQuote.class, quote) ? inner : inner.lines().map(line -> "> " + line).collect(Collectors.joining("\n"));
    }

    @Override
    String codeBlock(String language, String literal) {
        return literal.isBlank() ? "" : "```\n" + escape(literal).replace("```", "``" + EDGE + "`") + "\n```";
    }

    @Override
    String table(Grid grid) {
        return codeBlock(null, grid.aligned());
    }

    private static String mark(String mark, Node node, String inner) {
        boolean glued = node.getPrevious() instanceof Text before && Character.isLetterOrDigit(before.getLiteral().codePointBefore(before.getLiteral().length()));
        boolean glues = node.getNext() instanceof Text after && Character.isLetterOrDigit(after.getLiteral().codePointAt(0));
        return (glued ? EDGE : "") + within(mark, inner) + (glues ? EDGE : "");
    }

    private static String within(String mark, String inner) {
        return inner.lines().map(line -> line.isBlank() ? line : mark + line + mark).collect(Collectors.joining("\n"));
    }

    private static String escape(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            escaped.append(c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '&' ? "&amp;" : String.valueOf(c));
        }
        return escaped.toString();
    }
}
