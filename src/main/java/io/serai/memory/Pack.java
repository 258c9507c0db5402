package io.serai.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.stream.Collectors;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Text in less room, for who has the same stem and quotes when it is opened: deflated after them as a dictionary (RFC 1950, 2.2). The format has sums
 * of the dictionary and of the text, so that it opens to what was packed, byte for byte, or not at all.
 */
final class Pack {

    private static final int LEVEL = 6;

    private Pack() {}

    static byte[] of(String text, String stem, Collection<Quote> quotes) {
        var deflater = new Deflater(LEVEL);
        try {
            deflater.setDictionary(dictionary(stem, quotes));
            deflater.setInput(text.getBytes(UTF_8));
            deflater.finish();
            var packed = new ByteArrayOutputStream();
            var piece = new byte[8_192];
            while (!deflater.finished()) {
                packed.write(piece, 0, deflater.deflate(piece));
            }
            return packed.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /** @throws IllegalStateException when stem or quotes are others than those it was packed with */
    static String open(byte[] packed, String stem, Collection<Quote> quotes) {
        var inflater = new Inflater();
        try {
            inflater.setInput(packed);
            var text = new ByteArrayOutputStream();
            var piece = new byte[8_192];
            while (!inflater.finished()) {
                int read = inflater.inflate(piece);
                text.write(piece, 0, read);
                if (inflater.needsDictionary()) {
                    inflater.setDictionary(dictionary(stem, quotes));
                } else if (read == 0 && !inflater.finished()) {
                    throw new IllegalStateException("what was packed ends too early");
                }
            }
            return text.toString(UTF_8);
        } catch (DataFormatException | IllegalArgumentException other) {
            throw new IllegalStateException("what was packed cannot be opened: what it quotes is not there as it was", other);
        } finally {
            inflater.end();
        }
    }

    private static byte[] dictionary(String stem, Collection<Quote> quotes) {
        return quotes.stream().map(Quote::entry).collect(Collectors.joining("", stem, "")).getBytes(UTF_8);
    }
}
