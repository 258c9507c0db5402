package io.serai.email;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Bytes as text, by the charset they claim to be in, as far as that can be believed. */
class Charsets {

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    /** Names under which mailers mean a larger charset than the one they name (WHATWG Encoding, section 4.2, and what Java calls them). */
    private static final Map<String, String> MEANT = Map.ofEntries(
            Map.entry("iso-8859-1", "windows-1252"), Map.entry("latin1", "windows-1252"), Map.entry("ansi", "windows-1252"),
            Map.entry("us-ascii", "windows-1252"), Map.entry("ascii", "windows-1252"), Map.entry("iso-8859-9", "windows-1254"),
            Map.entry("iso-8859-11", "x-windows-874"), Map.entry("tis-620", "x-windows-874"),
            Map.entry("iso-2022-jp", "x-windows-50221"), Map.entry("shift_jis", "windows-31j"), Map.entry("shift-jis", "windows-31j"),
            Map.entry("x-sjis", "windows-31j"), Map.entry("gb2312", "gb18030"), Map.entry("gbk", "gb18030"),
            Map.entry("big5", "x-windows-950"), Map.entry("ks_c_5601-1987", "x-windows-949"), Map.entry("euc-kr", "x-windows-949"));

    /** Charset.forName asks every provider anew about a name that none of them knows, and a mail can hold a million of these. */
    private static final Map<String, Charset> KNOWN = known();

    private Charsets() {}

    private static Map<String, Charset> known() {
        Map<String, Charset> known = new HashMap<>();
        for (Charset charset : Charset.availableCharsets().values()) {
            Stream.concat(Stream.of(charset.name()), charset.aliases().stream())
                    .forEach(name -> known.put(name.toLowerCase(Locale.ROOT), Charset.forName(name)));
        }
        return known;
    }

    /** @param label the charset as it was declared, or null */
    static String read(byte[] bytes, String label) {
        Optional<Charset> declared = find(label);
        boolean western = declared.isEmpty() || declared.get().equals(WINDOWS_1252);
        if (western && isEscaped(bytes)) {
            return new String(bytes, find("iso-2022-jp").orElseThrow());
        }
        if (western || declared.get().equals(StandardCharsets.UTF_8)) {
            return strict(bytes).orElseGet(() -> broken(bytes, western));
        }
        return new String(bytes, declared.get());
    }

    private static Optional<Charset> find(String label) {
        if (label == null) {
            return Optional.empty();
        }
        String name = label.strip().toLowerCase(Locale.ROOT);
        return Optional.ofNullable(KNOWN.getOrDefault(MEANT.getOrDefault(name, name), KNOWN.get(name)));
    }

    /** ISO-2022-JP that does not say so: ESC $ begins its two-byte characters (RFC 1468). */
    private static boolean isEscaped(byte[] bytes) {
        for (int i = 0; i < bytes.length - 1; i++) {
            if (bytes[i] == 0x1B && bytes[i + 1] == '$') {
                return true;
            }
        }
        return false;
    }

    /** Text that happens to be valid UTF-8 is UTF-8, whatever it claims: a wrong guess is next to impossible. */
    private static Optional<String> strict(byte[] bytes) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return Optional.of(text.toString());
        } catch (CharacterCodingException other) {
            return Optional.empty();
        }
    }

    /** UTF-8 with a few broken bytes keeps its other characters; what has more broken than whole ones never was UTF-8. */
    private static String broken(byte[] bytes, boolean western) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        long lost = text.chars().filter(c -> c == 0xFFFD).count();
        long whole = text.chars().filter(c -> c > 0x7F && c != 0xFFFD).count();
        return western || lost > whole ? new String(bytes, WINDOWS_1252) : text;
    }
}
