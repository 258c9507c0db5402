package io.serai.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tables as spreadsheets read them (RFC 4180). */
final class Csv {

    static final String TYPE = "text/csv";

    /** Rows are read so many at a time. */
    static final int AT_ONCE = 1_000;

    private Csv() {}

    /**
     * Writes all rows there are, so many at a time. The first are read before anything is written, so that it can still be told why they cannot be.
     *
     * @param next the rows behind one; the first ones for null
     */
    static <T> void write(HttpServletResponse response, List<String> columns, Function<T, List<T>> next, Function<T, List<Object>> cells)
            throws IOException {
        List<T> rows = next.apply(null);
        response.setContentType(TYPE + ";charset=UTF-8");
        Writer out = response.getWriter();
        out.write(line(columns));
        while (!rows.isEmpty()) {
            for (T row : rows) {
                out.write(line(cells.apply(row)));
            }
            rows = rows.size() < AT_ONCE ? List.of() : next.apply(rows.getLast());
        }
    }

    /** Null is an empty cell. */
    static String line(List<?> cells) {
        return cells.stream().map(cell -> cell(Objects.toString(cell, ""))).collect(Collectors.joining(",")) + "\r\n";
    }

    /** What a customer wrote must not become a formula of a spreadsheet. */
    private static String cell(String text) {
        String harmless = text.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + text : text;
        return harmless.matches("(?s).*[\",\\r\\n].*") ? "\"" + harmless.replace("\"", "\"\"") + "\"" : harmless;
    }
}
