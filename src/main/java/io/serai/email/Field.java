package io.serai.email;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A header value with parameters, as Content-Type and Content-Disposition have them (RFC 2045, section 5.1), with the continuations and charsets
 * of RFC 2231, and with what mailers write instead: encoded words and names with blanks without quotes.
 *
 * @param value what stands before the parameters, in lower case
 * @param parameters by their names in lower case
 */
record Field(String value, Map<String, String> parameters) {

    private static final Pattern PARAMETER = Pattern.compile("(?s);\\s*+([^\\s=;\"]++)\\s*+=\\s*+(?:\"(" + Quoted.INSIDE + ")\"?|([^;]*+))");
    private static final Pattern CONTINUED = Pattern.compile("([^*]+)(?:\\*(\\d{1,3}))?(\\*)?");

    /** A piece of a parameter that was cut in several (RFC 2231, section 3). */
    private record Piece(String text, boolean encoded) {}

    static Field read(String header) {
        String text = Quoted.replace(header, quoted -> quoted, "");
        int end = text.indexOf(';');
        Map<String, TreeMap<Integer, Piece>> pieces = new LinkedHashMap<>();
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Matcher parameter = PARAMETER.matcher(end < 0 ? "" : text.substring(end)); parameter.find(); ) {
            String quoted = parameter.group(2);
            String value = quoted == null ? parameter.group(3).strip() : quoted.replaceAll("\\\\(.)", "$1");
            Matcher name = CONTINUED.matcher(parameter.group(1).toLowerCase(Locale.ROOT));
            if (name.matches() && (name.group(2) != null || name.group(3) != null)) {
                int number = name.group(2) == null ? 0 : Integer.parseInt(name.group(2));
                pieces.computeIfAbsent(name.group(1), key -> new TreeMap<>()).put(number, new Piece(value, name.group(3) != null));
            } else {
                parameters.putIfAbsent(parameter.group(1).toLowerCase(Locale.ROOT), EncodedWords.read(value));
            }
        }
        pieces.forEach((name, parts) -> parameters.put(name, join(parts)));
        return new Field((end < 0 ? text : text.substring(0, end)).strip().toLowerCase(Locale.ROOT), parameters);
    }

    /** The charset stands once, before the first piece: {@code utf-8'en'...}. */
    private static String join(TreeMap<Integer, Piece> pieces) {
        var bytes = new ByteArrayOutputStream();
        String charset = null;
        for (Piece piece : pieces.values()) {
            String text = piece.text();
            if (piece.encoded() && charset == null && text.indexOf('\'') != text.lastIndexOf('\'')) {
                charset = text.substring(0, text.indexOf('\''));
                text = text.substring(text.indexOf('\'', charset.length() + 1) + 1);
            }
            byte[] raw = text.getBytes(UTF_8);
            bytes.writeBytes(piece.encoded() ? Transfer.quotedPrintable(text.replace("=", "=3D").replace('%', '=').getBytes(UTF_8)) : raw);
        }
        return Charsets.read(bytes.toByteArray(), charset);
    }

    String parameter(String name) {
        return parameters.get(name);
    }

    boolean is(String other) {
        return value.equals(other);
    }
}
