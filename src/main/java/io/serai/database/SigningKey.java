package io.serai.database;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A key that the hub made for itself, once for all its processes, and for one purpose: it lies in the table {@code secret} under its name. Made and
 * read when something is signed for the first time.
 */
public final class SigningKey {

    private static final String ALGORITHM = "HmacSHA256";

    private final JdbcClient database;
    private final String name;
    private final AtomicReference<SecretKeySpec> known = new AtomicReference<>();

    public SigningKey(JdbcClient database, String name) {
        this.database = database;
        this.name = name;
    }

    /** HMAC-SHA256 (RFC 2104) of the bytes. */
    public byte[] sign(byte[] bytes) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key());
            return mac.doFinal(bytes);
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
        database.sql("insert into secret (name, value) values (:name, :value) on conflict (name) do nothing")
                .param("name", name)
                .param("value", fresh)
                .update();
        return database.sql("select value from secret where name = :name").param("name", name).query(byte[].class).single();
    }
}
