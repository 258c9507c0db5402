package io.serai.dialect;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.task.list.items.TaskListItemsExtension;
import org.commonmark.node.Block;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Document;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;

/**
 * Reads Markdown (CommonMark, tables, strikethrough, task lists, spoilers) into a tree in which nothing is left that could do harm: no HTML, no
 * image, no address that runs. Text that nests deeper than anybody writes is taken as plain text: the parser and whoever walks the tree recurse.
 */
final class Reading {

    static final List<Extension> EXTENSIONS =
            List.of(TablesExtension.create(), StrikethroughExtension.create(), TaskListItemsExtension.create());

    private static final int DEEPEST = 60;
    private static final int MOST_BRACKETS = 300;
    private static final Pattern BLANK_LINES = Pattern.compile("\\R[ \\t]*\\R\\s*");

    /** All but HTML. They are tried in this order: {@code * * *} is a rule, not three lists. */
    private static final Set<Class<? extends Block>> BLOCKS = new LinkedHashSet<>(List.of(
            BlockQuote.class, Heading.class, FencedCodeBlock.class, ThematicBreak.class, ListBlock.class, IndentedCodeBlock.class));

    private static final Parser PARSER = Parser.builder()
            .extensions(EXTENSIONS)
            .enabledBlockTypes(BLOCKS)
            .customInlineContentParserFactory(new Angle.Factory())
            .customDelimiterProcessor(new Spoiler.Bars())
            .build();

    private Reading() {}

    static Document read(String markdown) {
        if (opensTooMuch(markdown) || bracketsTooDeep(markdown)) {
            return plain(markdown);
        }
        try {
            Document document = (Document) PARSER.parse(markdown);
            if (isTooDeep(document)) {
                return plain(markdown);
            }
            Cleaning.clean(document);
            return document;
        } catch (StackOverflowError tooDeep) {
            return plain(markdown);
        }
    }

    /** A line that opens more quotes and lists than may be nested; the parser walks all that are open with each further line. */
    private static boolean opensTooMuch(String markdown) {
        int opened = 0;
        boolean leading = true;
        for (int i = 0; i < markdown.length(); i++) {
            char c = markdown.charAt(i);
            if (c == '\n' || c == '\r') {
                opened = 0;
                leading = true;
            } else if (leading && (c == '>' || "-*+.)".indexOf(c) >= 0 && isBlank(markdown, i + 1))) {
                opened++;
            } else if (leading && " \t0123456789".indexOf(c) < 0) {
                leading = false;
            }
            if (opened > DEEPEST) {
                return true;
            }
        }
        return false;
    }

    /** Every bracket that is closed is looked for among all that are open. */
    private static boolean bracketsTooDeep(String markdown) {
        int open = 0;
        for (int i = 0; i < markdown.length(); i++) {
            open = switch (markdown.charAt(i)) {
                case '[' -> open + 1;
                case ']' -> Math.max(0, open - 1);
                default -> open;
            };
            if (open > MOST_BRACKETS) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBlank(String text, int index) {
        return index >= text.length() || Character.isWhitespace(text.charAt(index));
    }

    /** Without recursion, since it is asked before anybody may recurse. */
    private static boolean isTooDeep(Node root) {
        int depth = 0;
        Node node = root;
        while (true) {
            if (node.getFirstChild() != null) {
                node = node.getFirstChild();
                if (++depth > DEEPEST) {
                    return true;
                }
                continue;
            }
            while (node != root && node.getNext() == null) {
                node = node.getParent();
                depth--;
            }
            if (node == root) {
                return false;
            }
            node = node.getNext();
        }
    }

    /** Text as it stands: its paragraphs and its lines, and nothing read into it. */
    static Document plain(String text) {
        Document document = new Document();
        for (String block : BLANK_LINES.split(text)) {
            Paragraph paragraph = new Paragraph();
            for (String line : block.strip().split("\\R")) {
                if (paragraph.getFirstChild() != null) {
                    paragraph.appendChild(new SoftLineBreak());
                }
                paragraph.appendChild(new Text(line.strip()));
            }
            if (!block.isBlank()) {
                document.appendChild(paragraph);
            }
        }
        return document;
    }
}
