package io.serai.route;

import java.util.Comparator;

/**
 * What is wrong with a file, and where.
 *
 * @param line counted from 1
 * @param column counted from 1
 * @param warning whether it is a matter of style, which refuses nothing
 * @param hint what to write instead; null when nobody can know
 */
public record Fault(String file, int line, int column, boolean warning, String what, String hint) implements Comparable<Fault> {

    private static final Comparator<Fault> ORDER = Comparator.comparing(Fault::file)
            .thenComparingInt(Fault::line)
            .thenComparingInt(Fault::column)
            .thenComparing(Fault::what);

    static Fault at(Item item, String what, String hint) {
        return new Fault(item.file(), item.line(), item.column(), false, what, hint);
    }

    static Fault at(String file, int line, String what, String hint) {
        return new Fault(file, line, 1, false, what, hint);
    }

    static Fault style(Item item, String what, String hint) {
        return new Fault(item.file(), item.line(), item.column(), true, what, hint);
    }

    @Override
    public int compareTo(Fault other) {
        return ORDER.compare(this, other);
    }

    /** As compilers write it: {@code routes/answer.yaml:12:9: no bean named 'recal' (did you mean 'recall'?)}. */
    @Override
    public String toString() {
        return "%s:%d:%d: %s%s%s".formatted(file, line, column, warning ? "style: " : "", what, hint == null ? "" : " (" + hint + ")");
    }
}
