package io.serai.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

/** A hook knows its callers. */
class SealTest {

    /** The test vector of Standard Webhooks' own libraries. */
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final long AT = 1614265330;
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    @Test
    void takesTheVectorOfStandardWebhooks() {
        assertThat(standard(AT).fits(headers(ID, String.valueOf(AT), SIGNATURE), BODY)).isTrue();
    }

    @Test
    void takesASecretWithoutItsPrefix() {
        Seal seal = new StandardSeal(SECRET.substring("whsec_".length()), Duration.ofMinutes(5), clock(AT));

        assertThat(seal.fits(headers(ID, String.valueOf(AT), SIGNATURE), BODY)).isTrue();
    }

    @Test
    void takesOneOfSeveralSignatures() {
        String other = "v1," + Base64.getEncoder().encodeToString(new byte[32]);

        assertThat(standard(AT).fits(headers(ID, String.valueOf(AT), other + " v1a,abc " + SIGNATURE), BODY)).isTrue();
        assertThat(standard(AT).fits(headers(ID, String.valueOf(AT), other + " v1a,abc"), BODY)).isFalse();
    }

    @Test
    void refusesWhatWasChanged() {
        HttpHeaders right = headers(ID, String.valueOf(AT), SIGNATURE);

        assertThat(standard(AT).fits(right, "{\"test\": 2432232315}".getBytes(UTF_8))).isFalse();
        assertThat(standard(AT).fits(headers("msg_other", String.valueOf(AT), SIGNATURE), BODY)).isFalse();
        assertThat(standard(AT).fits(headers(ID, String.valueOf(AT + 1), SIGNATURE), BODY)).isFalse();
        String otherSecret = Base64.getEncoder().encodeToString(new byte[24]);
        assertThat(new StandardSeal(otherSecret, Duration.ofMinutes(5), clock(AT)).fits(right, BODY)).isFalse();
    }

    @Test
    void refusesWhatIsTooOldOrFromTheFuture() {
        HttpHeaders right = headers(ID, String.valueOf(AT), SIGNATURE);

        assertThat(standard(AT + 300).fits(right, BODY)).isTrue();
        assertThat(standard(AT + 301).fits(right, BODY)).isFalse();
        assertThat(standard(AT - 300).fits(right, BODY)).isTrue();
        assertThat(standard(AT - 301).fits(right, BODY)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "-1614265330", "99999999999999999999", "1614265330.5"})
    void refusesATimeThatIsNone(String timestamp) {
        assertThat(standard(AT).fits(headers(ID, timestamp, SIGNATURE), BODY)).isFalse();
    }

    @Test
    void refusesWhatIsNotSigned() {
        assertThat(standard(AT).fits(new HttpHeaders(), BODY)).isFalse();
        assertThat(new GithubSeal("a secret of enough length").fits(new HttpHeaders(), BODY)).isFalse();
        assertThat(new BearerSeal("a secret of enough length").fits(new HttpHeaders(), BODY)).isFalse();
    }

    /** The example of GitHub's documentation, "Validating webhook deliveries". */
    @Test
    void takesTheExampleOfGithub() {
        HttpHeaders headers = new HttpHeaders();
        headers.set("X-Hub-Signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
        Seal seal = new GithubSeal("It's a Secret to Everybody");

        assertThat(seal.fits(headers, "Hello, World!".getBytes(UTF_8))).isTrue();
        assertThat(seal.fits(headers, "Hello, World?".getBytes(UTF_8))).isFalse();
    }

    @Test
    void takesTheSecretItself() {
        HttpHeaders headers = new HttpHeaders();
        headers.setBearerAuth("correct-horse-battery");

        assertThat(new BearerSeal("correct-horse-battery").fits(headers, BODY)).isTrue();
        assertThat(new BearerSeal("correct-horse-batterx").fits(headers, BODY)).isFalse();
    }

    @Test
    void knowsAMessageByTheIdOfItsSenderAndElseByDayAndBody() {
        Instant noon = Instant.parse("2026-11-20T12:00:00Z");
        Seal bearer = new BearerSeal("correct-horse-battery");
        HttpHeaders named = new HttpHeaders();
        named.set("Idempotency-Key", "order-42");

        assertThat(HookId.of(bearer, named, BODY, noon)).isEqualTo("order-42");
        String unnamed = HookId.of(bearer, new HttpHeaders(), BODY, noon);
        assertThat(unnamed).startsWith("2026-11-20:").isEqualTo(HookId.of(bearer, new HttpHeaders(), BODY, noon.plusSeconds(3600)));
        assertThat(HookId.of(bearer, new HttpHeaders(), BODY, noon.plus(Duration.ofDays(1)))).isNotEqualTo(unnamed);
    }

    private static Seal standard(long now) {
        return new StandardSeal(SECRET, Duration.ofMinutes(5), clock(now));
    }

    private static Clock clock(long now) {
        return Clock.fixed(Instant.ofEpochSecond(now), ZoneOffset.UTC);
    }

    private static HttpHeaders headers(String id, String timestamp, String signature) {
        HttpHeaders headers = new HttpHeaders();
        headers.set("webhook-id", id);
        headers.set("webhook-timestamp", timestamp);
        headers.set("webhook-signature", signature);
        return headers;
    }
}
