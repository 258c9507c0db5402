package io.serai.email;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A mail or a part of one (RFC 2045, RFC 2046), read as far as it can be read: nothing here throws on what mailers have been known to write.
 * Angus Mail is not used for this, since it throws on much of it, and takes its leniency from properties of the whole JVM.
 *
 * @param children the parts of a multipart; empty for everything else
 */
record Part(Headers headers, Field type, List<Part> children, byte[] source, int from, int to) {

    private static final int DEEPEST = 20;
    private static final int MOST = 1_000;

    static Part read(byte[] mail) {
        return read(mail, 0, mail.length, DEEPEST, new int[] {MOST});
    }

    private static Part read(byte[] source, int from, int to, int depth, int[] left) {
        int body = bodyFrom(source, from, to);
        Headers headers = Headers.read(source, from, body);
        int start = headers.all().isEmpty() && depth == DEEPEST ? from : body;
        Field type = headers.field("Content-Type").filter(field -> field.value().contains("/")).orElseGet(() -> Field.read("text/plain"));
        List<Part> children = new ArrayList<>();
        if (type.value().startsWith("multipart/") && depth > 0) {
            for (int[] range : ranges(source, start, to, boundary(type, source, start, to))) {
                if (left[0]-- > 0) {
                    children.add(read(source, range[0], range[1], depth - 1, left));
                }
            }
        }
        return new Part(headers, type, List.copyOf(children), source, start, to);
    }

    /** Where the first empty line ends. */
    private static int bodyFrom(byte[] source, int from, int to) {
        for (int line = from; line < to; line = next(source, line, to)) {
            if (source[line] == '\n' || source[line] == '\r' && line + 1 < to && source[line + 1] == '\n') {
                return next(source, line, to);
            }
        }
        return to;
    }

    private static int next(byte[] source, int from, int to) {
        int i = from;
        while (i < to && source[i] != '\n') {
            i++;
        }
        return Math.min(i + 1, to);
    }

    /** The boundary as declared, if it can stand on a line, or else the first line that looks like one. */
    private static String boundary(Field type, byte[] source, int from, int to) {
        String declared = type.parameter("boundary");
        if (declared != null && !declared.isBlank() && declared.indexOf('\n') < 0) {
            return declared.stripTrailing();
        }
        for (int line = from; line < to; line = next(source, line, to)) {
            if (to - line > 3 && source[line] == '-' && source[line + 1] == '-') {
                return new String(source, line + 2, next(source, line, to) - line - 2, StandardCharsets.ISO_8859_1).strip();
            }
        }
        return "";
    }

    /** The parts between the boundaries; the last one also when the closing boundary is missing. */
    private static List<int[]> ranges(byte[] source, int from, int to, String boundary) {
        List<int[]> ranges = new ArrayList<>();
        byte[] mark = ("--" + boundary).getBytes(StandardCharsets.UTF_8);
        int begun = -1;
        for (int line = from; line < to; line = next(source, line, to)) {
            int end = boundary.isEmpty() ? 0 : boundaryAt(source, line, to, mark);
            if (end == 0) {
                continue;
            }
            if (begun >= 0) {
                ranges.add(new int[] {begun, Math.max(begun, lineEndBefore(source, line))});
            }
            begun = end > 0 ? next(source, line, to) : -1;
            if (end < 0) {
                break;
            }
        }
        if (begun >= 0 && begun < to) {
            ranges.add(new int[] {begun, to});
        }
        return ranges;
    }

    /** 1 for a boundary, -1 for the closing one, 0 for any other line. */
    private static int boundaryAt(byte[] source, int line, int to, byte[] mark) {
        int after = line + mark.length;
        if (after > to || !Arrays.equals(source, line, after, mark, 0, mark.length)) {
            return 0;
        }
        boolean closes = after + 1 < to && source[after] == '-' && source[after + 1] == '-';
        for (int i = closes ? after + 2 : after; i < to && source[i] != '\n'; i++) {
            if (source[i] != ' ' && source[i] != '\t' && source[i] != '\r') {
                return 0;
            }
        }
        return closes ? -1 : 1;
    }

    /** The line end before a boundary belongs to the boundary. */
    private static int lineEndBefore(byte[] source, int line) {
        return line >= 2 && source[line - 2] == '\r' ? line - 2 : line - 1;
    }

    /** Whether there may be more parts than were read. */
    boolean isVast() {
        return count() > MOST;
    }

    private int count() {
        return 1 + children.stream().mapToInt(Part::count).sum();
    }

    boolean isMultipart() {
        return !children.isEmpty();
    }

    /** A multipart in which no part was found is what it looks like: text. */
    boolean is(String mediaType) {
        return mediaType().equals(mediaType);
    }

    String mediaType() {
        return type.value().startsWith("multipart/") && children.isEmpty() ? "text/plain" : type.value();
    }

    byte[] bytes() {
        return Transfer.decode(Arrays.copyOfRange(source, from, to), headers.first("Content-Transfer-Encoding").orElse(null));
    }

    String text() {
        return Charsets.read(bytes(), type.parameter("charset")).replace("\r\n", "\n").replace('\r', '\n');
    }

    /** The name its sender gave it, without any path. */
    Optional<String> fileName() {
        return headers.field("Content-Disposition").map(field -> field.parameter("filename"))
                .or(() -> Optional.ofNullable(type.parameter("name")))
                .filter(name -> !name.isBlank());
    }

    boolean isAttached() {
        return headers.field("Content-Disposition").filter(field -> field.is("attachment")).isPresent();
    }
}
