package io.serai.dialect;

import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.task.list.items.TaskListItemMarker;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Document;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;

/** Copies of single nodes, without their children and without how they were written: the writer chooses marks that fit. */
final class Copies {

    private Copies() {}

    /** @param from where the copy's own text begins, @param to where it ends; only for nodes that have text */
    static Node of(Node node, int from, int to) {
        return switch (node) {
            case Text text -> new Text(cut(text.getLiteral(), from, to));
            case Code code -> new Code(cut(code.getLiteral(), from, to));
            case FencedCodeBlock code -> code(code, from, to);
            case Document document -> new Document();
            case Paragraph paragraph -> new Paragraph();
            case Heading heading -> heading(heading);
            case BlockQuote quote -> new BlockQuote();
            case BulletList list -> bullets(list);
            case OrderedList list -> numbers(list);
            case ListItem item -> new ListItem();
            case ThematicBreak rule -> new ThematicBreak();
            case Emphasis emphasis -> new Emphasis();
            case StrongEmphasis strong -> new StrongEmphasis();
            case Strikethrough strike -> new Strikethrough("~~");
            case Spoiler hidden -> new Spoiler();
            case Link link -> new Link(link.getDestination(), null);
            case SoftLineBreak line -> new SoftLineBreak();
            case HardLineBreak line -> new HardLineBreak();
            case TaskListItemMarker box -> new TaskListItemMarker(box.isChecked());
            case TableBlock table -> new TableBlock();
            case TableHead head -> new TableHead();
            case TableBody body -> new TableBody();
            case TableRow row -> new TableRow();
            case TableCell cell -> cell(cell);
            default -> throw new IllegalStateException("a " + node.getClass().getSimpleName() + " has no business in a cleaned tree");
        };
    }

    private static String cut(String literal, int from, int to) {
        return literal.substring(Math.min(from, literal.length()), Math.clamp(to, Math.min(from, literal.length()), literal.length()));
    }

    private static FencedCodeBlock code(FencedCodeBlock code, int from, int to) {
        FencedCodeBlock copy = new FencedCodeBlock();
        copy.setInfo(code.getInfo());
        copy.setLiteral(cut(code.getLiteral(), from, to));
        return copy;
    }

    private static Heading heading(Heading heading) {
        Heading copy = new Heading();
        copy.setLevel(heading.getLevel());
        return copy;
    }

    private static BulletList bullets(BulletList list) {
        BulletList copy = new BulletList();
        copy.setMarker(list.getMarker());
        copy.setTight(list.isTight());
        return copy;
    }

    private static OrderedList numbers(OrderedList list) {
        OrderedList copy = new OrderedList();
        copy.setMarkerDelimiter(list.getMarkerDelimiter());
        copy.setMarkerStartNumber(Numbers.first(list));
        copy.setTight(list.isTight());
        return copy;
    }

    private static TableCell cell(TableCell cell) {
        TableCell copy = new TableCell();
        copy.setHeader(cell.isHeader());
        copy.setAlignment(cell.getAlignment());
        return copy;
    }
}
