package io.serai.email;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Encoded words in a header (RFC 2047). Neighbours of one charset are put together before they are read, since many mailers cut in the middle of
 * a character. What is broken is left as it stands.
 */
class EncodedWords {

    private static final Pattern WORD = Pattern.compile("=\\?([^?*\\s]+)(?:\\*[^?]*)?\\?([bBqQ])\\?([^?]*)\\?=");

    private EncodedWords() {}

    static String read(String value) {
        var text = new StringBuilder();
        var bytes = new ByteArrayOutputStream();
        String charset = null;
        int end = 0;
        for (Matcher word = WORD.matcher(value); word.find(); end = word.end()) {
            String between = value.substring(end, word.start());
            boolean joins = charset != null && between.isBlank();
            if (!joins || !charset.equalsIgnoreCase(word.group(1))) {
                flush(text, bytes, charset);
            }
            if (!joins) {
                text.append(between);
            }
            charset = word.group(1);
            bytes.writeBytes(decode(word.group(2), word.group(3)));
        }
        flush(text, bytes, charset);
        return text.append(value.substring(end)).toString();
    }

    private static void flush(StringBuilder text, ByteArrayOutputStream bytes, String charset) {
        if (bytes.size() > 0) {
            text.append(Charsets.read(bytes.toByteArray(), charset));
            bytes.reset();
        }
    }

    private static byte[] decode(String encoding, String word) {
        byte[] ascii = word.getBytes(StandardCharsets.UTF_8);
        return encoding.equalsIgnoreCase("b")
                ? Transfer.base64(ascii)
                : Transfer.quotedPrintable(word.replace('_', ' ').getBytes(StandardCharsets.UTF_8));
    }
}
