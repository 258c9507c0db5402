package io.serai.web;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;

/** Says where a JSON body is wrong: by line and column, never by quoting it, since what was sent may be a secret or an attack on a log. */
final class Malformed {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Malformed() {}

    static Fault fault(JsonProcessingException wrong) {
        return Fault.of(HttpStatus.BAD_REQUEST, "The body " + what(wrong) + where(wrong.getLocation()) + ".").kind("malformed");
    }

    /** The text of a body that must be UTF-8 (RFC 8259, 8.1). */
    static String utf8(byte[] body) {
        ByteBuffer bytes = ByteBuffer.wrap(body);
        var decoder = StandardCharsets.UTF_8.newDecoder();
        try {
            return decoder.decode(bytes).toString();
        } catch (CharacterCodingException invalid) {
            throw new Stopped(Fault.of(HttpStatus.BAD_REQUEST, "The body is not UTF-8: see the byte at offset " + bytes.position() + ".")
                    .kind("malformed"));
        }
    }

    private static String what(JsonProcessingException wrong) {
        return switch (wrong) {
            case UnrecognizedPropertyException unknown -> "has a property that is not known here (known are "
                    + unknown.getKnownPropertyIds().stream().map(Objects::toString).sorted().collect(Collectors.joining(", ")) + ")";
            case InvalidFormatException word when word.getTargetType().isEnum() -> "has a word that is not known here (known are "
                    + words(word.getTargetType()) + ")" + property(word);
            case MismatchedInputException mismatch -> "has a value of the wrong type" + property(mismatch);
            case StreamConstraintsException excess -> "is nested too deep or has a number or a name that is too long";
            default -> "is not valid JSON in UTF-8";
        };
    }

    private static String words(Class<?> known) {
        return Arrays.stream(known.getEnumConstants()).map(word -> JSON.convertValue(word, String.class)).collect(Collectors.joining(", "));
    }

    private static String property(JsonMappingException mismatch) {
        String path = mismatch.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "" : " in " + path;
    }

    private static String where(JsonLocation location) {
        boolean known = location != null && location.getLineNr() > 0;
        return known ? ", at line " + location.getLineNr() + ", column " + location.getColumnNr() : "";
    }
}
