package io.serai.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.task.list.items.TaskListItemMarker;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;

/** A text that flows, as messengers show it: blocks are lines, lists have bullets of text, and each dialect says how it marks what stands out. */
abstract class Flow implements Markup {

    @Override
    public String render(Node document) {
        return blocks(document, "\n\n", "");
    }

    abstract String text(String literal);

    abstract String strong(Node node, String inner);

    abstract String emphasis(Node node, String inner);

    abstract String strike(Node node, String inner);

    abstract String spoiler(String inner);

    abstract String code(String literal);

    abstract String link(String destination, String inner);

    abstract String heading(Heading heading, String inner);

    abstract String quote(BlockQuote quote, String inner);

    abstract String codeBlock(String language, String literal);

    abstract String table(Grid grid);

    String bullet() {
        return "• ";
    }

    String box(boolean checked) {
        return checked ? "☑ " : "☐ ";
    }

    String rule() {
        return "———";
    }

    /** Whether a block stands as it is, also in a list: whoever copies code copies the blanks in front of its lines too. */
    boolean isVerbatim(Node block) {
        return block instanceof FencedCodeBlock || block instanceof TableBlock;
    }

    /** @param pad what stands in front of each line */
    private String blocks(Node parent, String between, String pad) {
        List<String> blocks = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
            String block = node instanceof ListBlock list ? list(list, pad) : isVerbatim(node) ? block(node) : padded(block(node), pad);
            if (!block.isBlank()) {
                blocks.add(block);
            }
        }
        return String.join(between, blocks);
    }

    private String block(Node node) {
        return switch (node) {
            case Paragraph paragraph -> inline(paragraph);
            case Heading heading -> heading(heading, inline(heading));
            case BlockQuote quote -> quote(quote, blocks(quote, "\n\n", ""));
            case FencedCodeBlock code -> codeBlock(code.getInfo(), code.getLiteral().stripTrailing());
            case TableBlock table -> table(Grid.of(table));
            case ThematicBreak rule -> rule();
            default -> "";
        };
    }

    private static String padded(String block, String pad) {
        return pad.isEmpty() ? block : block.lines().map(line -> line.isEmpty() ? line : pad + line).collect(Collectors.joining("\n"));
    }

    private String list(ListBlock list, String pad) {
        int number = list instanceof OrderedList ordered ? Numbers.first(ordered) : 0;
        List<String> items = new ArrayList<>();
        for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
            items.add(item((ListItem) item, list instanceof OrderedList ? number++ + ". " : bullet(), list.isTight() ? "\n" : "\n\n", pad));
        }
        return String.join(list.isTight() ? "\n" : "\n\n", items);
    }

    private String item(ListItem item, String bullet, String between, String pad) {
        String marker = item.getFirstChild() instanceof TaskListItemMarker box ? box(box.isChecked()) : bullet;
        String deeper = pad + " ".repeat(marker.length());
        String inner = blocks(item, between, deeper);
        return inner.isEmpty() ? pad + marker.stripTrailing() : pad + marker + (inner.startsWith(deeper) ? inner.substring(deeper.length()) : inner);
    }

    String inline(Node parent) {
        var inner = new StringBuilder();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
            inner.append(switch (node) {
                case Text text -> text(text.getLiteral());
                case Code code -> code(code.getLiteral());
                case SoftLineBreak line -> "\n";
                case HardLineBreak line -> "\n";
                case StrongEmphasis strong -> strong(strong, inline(strong));
                case Emphasis emphasis -> emphasis(emphasis, inline(emphasis));
                case Strikethrough strike -> strike(strike, inline(strike));
                case Spoiler hidden -> spoiler(inline(hidden));
                case Link link -> link(link.getDestination(), inline(link));
                default -> inline(node);
            });
        }
        return inner.toString();
    }

    /** A link where none can be: its address stands behind its words, unless it is what they say. */
    static String spelt(String destination, String inner) {
        String address = destination.replaceFirst("(?i)^(mailto|tel):", "");
        return inner.strip().equals(address) || inner.strip().equals(destination) ? inner : inner + " (" + address + ")";
    }

    static boolean isWithin(Class<? extends Node> type, Node node) {
        for (Node above = node.getParent(); above != null; above = above.getParent()) {
            if (type.isInstance(above)) {
                return true;
            }
        }
        return false;
    }
}
