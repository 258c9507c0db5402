package io.serai.web;

import io.serai.Sha256;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * By what we know that a message was here before. The caller's own id where there is one. Otherwise the day (UTC) and a hash of the body:
 * who repeats a request after a lost answer is recognised and not answered twice, and who says the same thing tomorrow is heard again.
 */
final class HookId {

    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private HookId() {}

    static String of(Seal seal, HttpHeaders headers, byte[] content, Instant now) {
        return Optional.ofNullable(headers.getFirst(seal.idHeader()))
                .or(() -> Optional.ofNullable(headers.getFirst("Idempotency-Key")))
                .map(HookId::printable)
                .orElseGet(() -> LocalDate.ofInstant(now, ZoneOffset.UTC) + ":" + Sha256.hex(content));
    }

    /** An id that a caller gave, when it is one. */
    static String printable(String id) {
        if (!PRINTABLE.matcher(id).matches()) {
            throw new Stopped(Fault.of(HttpStatus.BAD_REQUEST, "The id of a message has 1 to 255 printable ASCII characters and no spaces.")
                    .kind("invalid"));
        }
        return id;
    }
}
