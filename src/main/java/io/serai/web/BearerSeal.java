package io.serai.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import org.springframework.http.HttpHeaders;

/** The secret itself ({@code Authorization: Bearer}), for systems that cannot sign. */
class BearerSeal implements Seal {

    private final byte[] secret;

    BearerSeal(String secret) {
        this.secret = secret.getBytes(UTF_8);
    }

    @Override
    public boolean fits(HttpHeaders headers, byte[] content) {
        return BearerFilter.token(headers.getFirst(HttpHeaders.AUTHORIZATION))
                .filter(token -> MessageDigest.isEqual(secret, token.getBytes(UTF_8)))
                .isPresent();
    }

    @Override
    public String idHeader() {
        return "Idempotency-Key";
    }
}
