package io.serai.email;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What Outlook wraps into winmail.dat (MS-OXTNEF, section 2.1): the files, and the text where it is plain. Formatted text and properties are left
 * alone; the file itself is kept as well.
 *
 * @param text what is said in it, or empty
 */
record Tnef(String text, List<Enclosure> files) {

    private static final int SIGNATURE = 0x223E9F78;
    private static final int BODY = 0x800C;
    private static final int BEGIN_FILE = 0x9002;
    private static final int TITLE = 0x8010;
    private static final int DATA = 0x800F;
    private static final int PROPERTIES = 0x9005;
    private static final int LONG_NAME = 0x3707;

    /** @return nothing when it is none, or broken from the start; what comes before a break is read */
    static Optional<Tnef> read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < 6 || in.getInt() != SIGNATURE) {
            return Optional.empty();
        }
        in.getShort();
        var reader = new Reader();
        while (in.remaining() >= 9) {
            in.get();
            int attribute = in.getInt() & 0xFFFF;
            int length = in.getInt();
            if (length < 0 || length + 2L > in.remaining()) {
                break;
            }
            byte[] value = new byte[length];
            in.get(value).getShort();
            reader.read(attribute, value);
        }
        reader.close();
        return Optional.of(new Tnef(reader.text, List.copyOf(reader.files)));
    }

    private static final class Reader {

        private final List<Enclosure> files = new ArrayList<>();
        private final ByteArrayOutputStream data = new ByteArrayOutputStream();
        private String text = "";
        private String name;

        void read(int attribute, byte[] value) {
            switch (attribute) {
                case BODY -> text = string(value);
                case BEGIN_FILE -> close();
                case TITLE -> name = name == null ? string(value) : name;
                case DATA -> data.writeBytes(value);
                case PROPERTIES -> longName(value).ifPresent(longer -> name = longer);
                default -> { }
            }
        }

        void close() {
            if (data.size() > 0) {
                files.add(Enclosure.of(name, "application/octet-stream", data.toByteArray()));
            }
            data.reset();
            name = null;
        }

        private static String string(byte[] value) {
            return Charsets.read(value, null).replace("\0", "").replace("\r\n", "\n").strip();
        }

        /** The property is looked for by its tag, as string of 8 or 16 bits: count 1, length, then the name. */
        private static Optional<String> longName(byte[] value) {
            ByteBuffer in = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
            for (int at = 0; at + 12 <= value.length; at += 4) {
                int tag = in.getInt(at);
                int length = in.getInt(at + 8);
                if (tag >>> 16 == LONG_NAME && in.getInt(at + 4) == 1 && length > 0 && length <= value.length - at - 12) {
                    byte[] name = Arrays.copyOfRange(value, at + 12, at + 12 + length);
                    return Optional.of((tag & 0xFFFF) == 0x1F ? new String(name, StandardCharsets.UTF_16LE).replace("\0", "") : string(name));
                }
            }
            return Optional.empty();
        }
    }
}
