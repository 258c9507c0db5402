package io.serai.email;

import io.serai.database.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The Message-IDs of our mails: made from the parcel, so that a mail that is sent again is the same mail; signed, so that nobody can guess one and
 * tell us that it bounced.
 */
@Component
class MessageIds {

    static final String SHAPE = "serai\\.[1-9]\\d{0,17}\\.[0-9a-f]{20}@[a-z0-9_.-]+";

    private static final Pattern OURS = Pattern.compile("serai\\.(\\d+)\\.([0-9a-f]{20})@.+");

    private final SigningKey key;

    MessageIds(JdbcClient jdbc) {
        this.key = new SigningKey(jdbc, "email-message-id");
    }

    /** Without angle brackets. */
    String of(long parcelId, String domain) {
        return "serai." + parcelId + "." + tag(parcelId) + "@" + domain;
    }

    /** The parcel that went out under this id; nothing when we never gave it. */
    OptionalLong parcel(String messageId) {
        Matcher ours = OURS.matcher(messageId);
        return messageId.matches(SHAPE) && ours.matches() && tag(Long.parseLong(ours.group(1))).equals(ours.group(2))
                ? OptionalLong.of(Long.parseLong(ours.group(1)))
                : OptionalLong.empty();
    }

    private String tag(long parcelId) {
        return HexFormat.of().formatHex(key.sign(String.valueOf(parcelId).getBytes(StandardCharsets.US_ASCII)), 0, 10);
    }
}
