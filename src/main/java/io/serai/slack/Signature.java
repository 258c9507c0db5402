package io.serai.slack;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Slack's signature of what it posts, version 0 (docs.slack.dev, "Verifying requests from Slack"). */
record Signature(String timestamp, String value) {

    private static final Duration WINDOW = Duration.ofMinutes(5);

    /** Whether Slack made it just now. */
    boolean isFresh(Instant now) {
        return timestamp != null
                && timestamp.matches("\\d{1,12}")
                && Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now).abs().compareTo(WINDOW) <= 0;
    }

    /** Whether it is made with this secret over this body. */
    boolean fits(String secret, byte[] body) {
        return secret != null && value != null && MessageDigest.isEqual(of(secret, timestamp, body).getBytes(US_ASCII), value.getBytes(UTF_8));
    }

    static String of(String secret, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            mac.update(("v0:" + timestamp + ":").getBytes(UTF_8));
            return "v0=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every JDK has HmacSHA256", absent);
        }
    }
}
