package io.serai.email;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header fields of a mail or of one of its parts (RFC 5322, section 2.2), from the top, unfolded; what is no header field is passed over. */
record Headers(List<Header> all) {

    /** @param name as it was written; compared without regard to case */
    record Header(String name, String value) {

        boolean is(String other) {
            return name.equalsIgnoreCase(other);
        }
    }

    private static final Pattern FIELD = Pattern.compile("([!-9;-~]+)[ \\t]*:(.*)", Pattern.DOTALL);
    private static final int MOST = 1_000;
    /** What is longer is cut off, as mail servers do (header_size_limit of Postfix). */
    private static final int LONGEST = 100_000;

    Headers {
        all = List.copyOf(all);
    }

    static Headers read(byte[] bytes, int from, int to) {
        List<StringBuilder> fields = new ArrayList<>();
        for (String line : text(bytes, from, to).replace("\0", "").split("\r?\n")) {
            boolean goesOn = !fields.isEmpty() && (line.startsWith(" ") || line.startsWith("\t"));
            if (!goesOn && fields.size() == MOST) {
                break;
            }
            if (!goesOn) {
                fields.add(new StringBuilder());
            }
            StringBuilder field = fields.getLast();
            field.append(line, 0, Math.min(line.length(), LONGEST - field.length()));
        }
        return new Headers(fields.stream().map(FIELD::matcher).filter(Matcher::matches)
                .map(field -> new Header(field.group(1), field.group(2).strip())).toList());
    }

    /** Headers are ASCII or UTF-8 (RFC 6532); what is neither was written by a mailer of the last century. */
    private static String text(byte[] bytes, int from, int to) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from)).toString();
        } catch (CharacterCodingException old) {
            return new String(bytes, from, to - from, Charset.forName("windows-1252"));
        }
    }

    Optional<String> first(String name) {
        return all.stream().filter(header -> header.is(name)).map(Header::value).findFirst();
    }

    List<String> every(String name) {
        return all.stream().filter(header -> header.is(name)).map(Header::value).toList();
    }

    boolean has(String name) {
        return all.stream().anyMatch(header -> header.is(name));
    }

    /** The first of that name with its encoded words read; empty when there is none. */
    String decoded(String name) {
        return first(name).map(EncodedWords::read).orElse("");
    }

    /** The first of that name with its parameters. */
    Optional<Field> field(String name) {
        return first(name).map(Field::read);
    }
}
