package io.serai.dialect;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.task.list.items.TaskListItemMarker;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.markdown.MarkdownNodeRendererContext;
import org.commonmark.renderer.markdown.MarkdownNodeRendererFactory;
import org.commonmark.renderer.markdown.MarkdownRenderer;
import org.commonmark.renderer.markdown.MarkdownWriter;

/** A tree as Markdown again, for commonmark's renderer leaves some characters bare that mean something to the parser. */
final class Writing implements NodeRenderer {

    private static final MarkdownRenderer RENDERER =
            MarkdownRenderer.builder().nodeRendererFactory(new Factory()).extensions(Reading.EXTENSIONS).build();

    private static final Pattern NUMBER = Pattern.compile("^\\d{1,9}(?=[.)])");

    private final MarkdownNodeRendererContext context;
    private final MarkdownWriter out;

    private Writing(MarkdownNodeRendererContext context) {
        this.context = context;
        this.out = context.getWriter();
    }

    static String write(Node document) {
        return RENDERER.render(document).strip();
    }

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
        return Set.of(Text.class, HardLineBreak.class, TaskListItemMarker.class, Spoiler.class);
    }

    @Override
    public void render(Node node) {
        switch (node) {
            case Text text -> text(text);
            case TaskListItemMarker box -> out.raw(box.isChecked() ? "[x] " : "[ ] ");
            case Spoiler hidden -> spoiler(hidden);
            default -> lineBreak(node);
        }
    }

    private void lineBreak(Node node) {
        if (isInCell(node)) {
            out.raw("<br>");
        } else {
            out.raw("\\");
            out.line();
        }
    }

    private void spoiler(Node hidden) {
        out.raw("||");
        for (Node child = hidden.getFirstChild(); child != null; child = child.getNext()) {
            context.render(child);
        }
        out.raw("||");
    }

    private void text(Text text) {
        String literal = text.getLiteral();
        var escaped = new StringBuilder(literal.length() + 16);
        int from = out.isAtLineStart() ? lineStart(literal, escaped) : 0;
        // In a cell the table's renderer escapes the bars of whatever is written.
        String special = "\\`*_[]<>&~" + (isInCell(text) ? "" : "|") + (text.getParent() instanceof Heading ? "#" : "");
        for (int i = from; i < literal.length(); i++) {
            char c = literal.charAt(i);
            if (c == '\n' || c == '\r') {
                escaped.append("&#10;");
                continue;
            }
            if (special.indexOf(c) >= 0 || c == '!' && i == literal.length() - 1 && text.getNext() instanceof Link) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        if (!escaped.isEmpty()) {
            out.raw(escaped.toString());
        }
    }

    /** @return how much of the text has been written */
    private static int lineStart(String literal, StringBuilder escaped) {
        Matcher number = NUMBER.matcher(literal);
        if (number.find()) {
            escaped.append(number.group()).append('\\').append(literal.charAt(number.end()));
            return number.end() + 1;
        }
        if (!literal.isEmpty() && " \t".indexOf(literal.charAt(0)) >= 0) {
            escaped.append("&#").append((int) literal.charAt(0)).append(';');
            return 1;
        }
        if (!literal.isEmpty() && "-+#=:".indexOf(literal.charAt(0)) >= 0) {
            escaped.append('\\').append(literal.charAt(0));
            return 1;
        }
        return 0;
    }

    private static boolean isInCell(Node node) {
        for (Node above = node.getParent(); above != null; above = above.getParent()) {
            if (above instanceof TableCell) {
                return true;
            }
        }
        return false;
    }

    private static final class Factory implements MarkdownNodeRendererFactory {

        @Override
        public NodeRenderer create(MarkdownNodeRendererContext context) {
            return new Writing(context);
        }

        @Override
        public Set<Character> getSpecialCharacters() {
            return Set.of('|', '~');
        }
    }
}
