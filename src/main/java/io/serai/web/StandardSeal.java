package io.serai.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.springframework.http.HttpHeaders;

/**
 * Standard Webhooks (github.com/standard-webhooks, spec/standard-webhooks.md): HMAC-SHA256 over id, time and content. Several signatures
 * may come at once while a secret is being changed; one that fits is enough.
 */
class StandardSeal implements Seal {

    private static final String ID = "webhook-id";
    private static final String SECRET_PREFIX = "whsec_";
    private static final String VERSION = "v1,";
    private static final String DOT = ".";

    private final byte[] key;
    private final Duration tolerance;
    private final Clock clock;

    /** @param secret {@code whsec_} and the key in Base64; the prefix may be missing */
    StandardSeal(String secret, Duration tolerance, Clock clock) {
        this.key = Base64.getDecoder().decode(secret.startsWith(SECRET_PREFIX) ? secret.substring(SECRET_PREFIX.length()) : secret);
        this.tolerance = tolerance;
        this.clock = clock;
    }

    @Override
    public boolean fits(HttpHeaders headers, byte[] content) {
        String id = headers.getFirst(ID);
        String timestamp = headers.getFirst("webhook-timestamp");
        String signatures = headers.getFirst("webhook-signature");
        if (id == null || timestamp == null || signatures == null || !isRecent(timestamp)) {
            return false;
        }
        byte[] right = Base64.getEncoder().encode(Hmac.of(key, (id + DOT + timestamp + DOT).getBytes(UTF_8), content));
        return Arrays.stream(signatures.split(" "))
                .filter(signature -> signature.startsWith(VERSION))
                .anyMatch(signature -> MessageDigest.isEqual(right, signature.substring(VERSION.length()).getBytes(UTF_8)));
    }

    @Override
    public String idHeader() {
        return ID;
    }

    private boolean isRecent(String timestamp) {
        return timestamp.matches("\\d{1,11}")
                && Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), clock.instant()).abs().compareTo(tolerance) <= 0;
    }
}
