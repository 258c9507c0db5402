package io.serai.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.Sha256;
import java.util.Arrays;
import java.util.HexFormat;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * The version of what was read, as its entity tag (RFC 9110, 8.8.3). Who reads it again and shows the tag in {@code If-None-Match} is told with 304 that
 * nothing has changed. Who changes it shows in {@code If-Match} which version they have seen: 412 when it is another by now (13.1.1), 428 when they show none
 * (RFC 6585, 3).
 */
record Version(String word) {

    private static final int BYTES = 12;

    static Version of(long count) {
        return new Version(String.valueOf(count));
    }

    /** Of what does not count its edits: by all that is shown of it. */
    static Version of(Object shown, ObjectMapper json) {
        try {
            return new Version(HexFormat.of().formatHex(Sha256.of(json.writeValueAsBytes(shown)), 0, BYTES));
        } catch (JsonProcessingException unwritable) {
            throw new IllegalStateException("what is shown cannot be written", unwritable);
        }
    }

    String tag() {
        return "\"" + word + "\"";
    }

    <T> ResponseEntity<T> of(T body) {
        return ResponseEntity.ok().eTag(tag()).body(body);
    }

    /**
     * Makes sure that this is the version that was seen.
     *
     * @param seen {@code If-Match}: tags, or a star for any
     */
    void require(String seen) {
        if (seen == null) {
            throw new Stopped(Fault.of(HttpStatus.PRECONDITION_REQUIRED, "Read it, and send its ETag in If-Match."));
        }
        if (Arrays.stream(seen.split(",")).map(String::strip).noneMatch(tag -> tag.equals(tag()) || tag.equals("*"))) {
            throw stale("Somebody has changed it.");
        }
    }

    static Stopped stale(String why) {
        return new Stopped(Fault.of(HttpStatus.PRECONDITION_FAILED, why + " Read it again."));
    }
}
