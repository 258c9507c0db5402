package io.serai.web;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The key that signs the visitors' cookies: made once, at first use, by whichever process comes first, and the same for all of them. */
@Component
class SigningKey {

    private static final String NAME = "visitor-cookie";
    private static final String ALGORITHM = "HmacSHA256";

    private final JdbcClient database;
    private final AtomicReference<SecretKeySpec> known = new AtomicReference<>();

    SigningKey(JdbcClient database) {
        this.database = database;
    }

    /** HMAC-SHA256 (RFC 2104) of the bytes. */
    byte[] sign(byte[] bytes) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key());
            return mac.doFinal(bytes);
        } catch (java.security.GeneralSecurityException absent) {
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
                .param("name", NAME)
                .param("value", fresh)
                .update();
        return database.sql("select value from secret where name = :name").param("name", NAME).query(byte[].class).single();
    }
}
