package io.serai.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;

/** Tables as spreadsheets read them (RFC 4180). */
final class Csv {

    static final String TYPE = "text/csv";

    private Csv() {}

    static Writer begin(HttpServletResponse response) throws IOException {
        response.setContentType(TYPE + ";charset=UTF-8");
        return response.getWriter();
    }

    /** Null is an empty cell. */
    static String line(Object... cells) {
        return Arrays.stream(cells).map(cell -> cell(Objects.toString(cell, ""))).collect(Collectors.joining(",")) + "\r\n";
    }

    /** What a customer wrote must not become a formula of a spreadsheet. */
    private static String cell(String text) {
        String harmless = text.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + text : text;
        return harmless.matches("(?s).*[\",\\r\\n].*") ? "\"" + harmless.replace("\"", "\"\"") + "\"" : harmless;
    }
}
