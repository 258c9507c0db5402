package io.serai.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.Node;

/** A table as text: its first row is the head. */
record Grid(List<List<String>> rows, List<TableCell.Alignment> alignments) {

    private static final Plain WORDS = new Plain();

    static Grid of(TableBlock table) {
        List<List<String>> rows = new ArrayList<>();
        List<TableCell.Alignment> alignments = new ArrayList<>();
        for (Node section = table.getFirstChild(); section != null; section = section.getNext()) {
            for (Node row = section.getFirstChild(); row instanceof TableRow; row = row.getNext()) {
                List<String> cells = new ArrayList<>();
                for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
                    cells.add(WORDS.inline(cell).replace('\n', ' ').strip());
                    if (rows.isEmpty()) {
                        alignments.add(((TableCell) cell).getAlignment());
                    }
                }
                rows.add(cells);
            }
        }
        return new Grid(rows, alignments);
    }

    /** Columns below each other where every character is as wide as it should be. */
    String aligned() {
        int[] widths = new int[alignments.size()];
        rows.forEach(row -> {
            for (int column = 0; column < Math.min(row.size(), widths.length); column++) {
                widths[column] = Math.max(widths[column], Width.of(row.get(column)));
            }
        });
        List<String> lines = rows.stream().map(row -> line(row, widths)).collect(Collectors.toCollection(ArrayList::new));
        var rule = new StringBuilder();
        for (int width : widths) {
            rule.append(rule.isEmpty() ? "" : "-+-").append("-".repeat(width));
        }
        lines.add(1, rule.toString());
        return String.join("\n", lines);
    }

    /** One line a row, for those who pay by the character. */
    String dense() {
        return rows.stream().map(row -> String.join(", ", row.stream().filter(cell -> !cell.isEmpty()).toList())).collect(Collectors.joining("\n"));
    }

    private String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = column < row.size() ? row.get(column) : "";
            int free = widths[column] - Width.of(cell);
            TableCell.Alignment alignment = alignments.get(column);
            int before = alignment == TableCell.Alignment.RIGHT ? free : alignment == TableCell.Alignment.CENTER ? free / 2 : 0;
            line.append(column == 0 ? "" : " | ").append(" ".repeat(before)).append(cell).append(" ".repeat(free - before));
        }
        return line.toString().stripTrailing();
    }
}
