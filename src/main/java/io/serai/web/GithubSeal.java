package io.serai.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.HexFormat;
import org.springframework.http.HttpHeaders;

/** {@code X-Hub-Signature-256}: HMAC-SHA256 over the content, (docs.github.com, "Validating webhook deliveries"). */
class GithubSeal implements Seal {

    private final byte[] key;

    GithubSeal(String secret) {
        this.key = secret.getBytes(UTF_8);
    }

    @Override
    public boolean fits(HttpHeaders headers, byte[] content) {
        String signature = headers.getFirst("X-Hub-Signature-256");
        String right = "sha256=" + HexFormat.of().formatHex(Hmac.of(key, content));
        return signature != null && MessageDigest.isEqual(right.getBytes(UTF_8), signature.getBytes(UTF_8));
    }

    @Override
    public String idHeader() {
        return "X-GitHub-Delivery";
    }
}
