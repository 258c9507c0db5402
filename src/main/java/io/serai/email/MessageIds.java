package io.serai.email;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The Message-IDs of our mails: made from the parcel, so that a mail that is sent again is the same mail; signed, so that nobody can guess one and
 * tell us that it bounced.
 */
@Component
class MessageIds {

    static final String SHAPE = "serai\\.[1-9]\\d{0,18}\\.[0-9a-f]{20}@[a-z0-9_.-]+";

    private static final Pattern OURS = Pattern.compile("serai\\.(\\d+)\\.([0-9a-f]{20})@.+");
    private static final String NAME = "email-message-id";
    private static final String ALGORITHM = "HmacSHA256";

    private final JdbcClient jdbc;
    private final AtomicReference<SecretKeySpec> known = new AtomicReference<>();

    MessageIds(JdbcClient jdbc) {
        this.jdbc = jdbc;
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
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key());
            return HexFormat.of().formatHex(mac.doFinal(String.valueOf(parcelId).getBytes(StandardCharsets.US_ASCII)), 0, 10);
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, absent);
        }
    }

    private SecretKeySpec key() {
        SecretKeySpec key = known.get();
        return key != null ? key : known.updateAndGet(other -> other != null ? other : new SecretKeySpec(kept(), ALGORITHM));
    }

    private byte[] kept() {
        byte[] fresh = new byte[32];
        new SecureRandom().nextBytes(fresh);
        jdbc.sql("insert into secret (name, value) values (:name, :value) on conflict (name) do nothing")
                .param("name", NAME)
                .param("value", fresh)
                .update();
        return jdbc.sql("select value from secret where name = :name").param("name", NAME).query(byte[].class).single();
    }
}
