package io.serai.email;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/** Content transfer encodings (RFC 2045, section 6), read as far as they can be: broken encoding costs the broken bytes, not the mail. */
class Transfer {

    private Transfer() {}

    /** @param encoding as declared, or null; an unknown one leaves the bytes as they are */
    static byte[] decode(byte[] bytes, String encoding) {
        return switch (encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT)) {
            case "base64" -> base64(bytes);
            case "quoted-printable" -> quotedPrintable(bytes);
            case "x-uuencode", "uuencode", "x-uue" -> uuencoded(bytes);
            default -> bytes;
        };
    }

    static byte[] base64(byte[] bytes) {
        byte[] clean = new byte[bytes.length];
        int length = 0;
        for (byte b : bytes) {
            if (b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '+' || b == '/') {
                clean[length++] = b;
            }
        }
        // A single left over character holds six bits of a byte: nothing.
        return Base64.getDecoder().decode(Arrays.copyOf(clean, length % 4 == 1 ? length - 1 : length));
    }

    static byte[] quotedPrintable(byte[] bytes) {
        var out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '=') {
                out.write(bytes[i]);
                continue;
            }
            int next = lineEnd(bytes, i + 1);
            if (next > 0) {
                i = next - 1;
            } else if (i + 2 < bytes.length && Character.digit(bytes[i + 1], 16) >= 0 && Character.digit(bytes[i + 2], 16) >= 0) {
                out.write(Character.digit(bytes[i + 1], 16) * 16 + Character.digit(bytes[i + 2], 16));
                i += 2;
            } else {
                out.write('=');
            }
        }
        return out.toByteArray();
    }

    /** Where the next line begins when only blanks stand before the end of this one; 0 when something else does. */
    private static int lineEnd(byte[] bytes, int from) {
        int i = from;
        while (i < bytes.length && (bytes[i] == ' ' || bytes[i] == '\t' || bytes[i] == '\r')) {
            i++;
        }
        return i == bytes.length || bytes[i] == '\n' ? i + 1 : 0;
    }

    private static byte[] uuencoded(byte[] bytes) {
        var out = new ByteArrayOutputStream(bytes.length);
        for (String line : new String(bytes, StandardCharsets.ISO_8859_1).split("\r?\n")) {
            if (line.isEmpty() || line.startsWith("begin ") || line.equals("end") || line.charAt(0) == '`') {
                continue;
            }
            uuline(line, out);
        }
        return out.toByteArray();
    }

    private static void uuline(String line, ByteArrayOutputStream out) {
        int left = line.charAt(0) - 32 & 63;
        for (int i = 1; left > 0 && i < line.length(); i += 4) {
            int bits = 0;
            for (int j = 0; j < 4; j++) {
                bits = bits << 6 | (i + j < line.length() ? line.charAt(i + j) - 32 & 63 : 0);
            }
            for (int shift = 16; shift >= 0 && left > 0; shift -= 8, left--) {
                out.write(bits >> shift);
            }
        }
    }
}
