package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.util.unit.DataSize;

/** Nobody may ask for more than their share. */
@ResourceLock(Gate.LOCK)
class LimitsTest {

    private final Limits limits = new Limits(new LimitsSettings(2, 2, 3, 2, 2, 2, 0, DataSize.ofMegabytes(1), DataSize.ofMegabytes(4),
            Duration.ofSeconds(20), 100));

    @Test
    void countsAVisitorWhereverTheyAre() {
        limits.chat("ann", "10.0.0.1");
        limits.chat("ann", "10.0.0.2");

        assertThatThrownBy(() -> limits.chat("ann", "10.0.0.3")).isInstanceOf(Stopped.class);
        assertThatCode(() -> limits.chat("ben", "10.0.0.3")).doesNotThrowAnyException();
    }

    @Test
    void countsAnAddressWhoeverItSaysItIs() {
        limits.chat("a", "10.0.0.1");
        limits.chat("b", "10.0.0.1");
        limits.chat(null, "10.0.0.1");

        assertThatThrownBy(() -> limits.chat("d", "10.0.0.1")).isInstanceOf(Stopped.class);
    }

    @Test
    void countsAHouseholdOfIpv6AsOne() {
        limits.login("2001:db8:1:2::1");
        limits.login("2001:db8:1:2:ffff::9%eth0");

        assertThatThrownBy(() -> limits.login("2001:db8:1:2::3")).isInstanceOf(Stopped.class);
        assertThatCode(() -> limits.login("2001:db8:1:3::3")).doesNotThrowAnyException();
    }

    @Test
    void looksUpNoNames() {
        assertThatCode(() -> limits.login("a.name.nobody.has:")).doesNotThrowAnyException();
        assertThatCode(() -> limits.login("unknown")).doesNotThrowAnyException();
    }

    @Test
    void letsAnAddressHaveSoManyStreamsAtATime() {
        limits.opens("10.0.0.1");
        limits.opens("10.0.0.1");

        assertThatThrownBy(() -> limits.opens("10.0.0.1")).isInstanceOf(Stopped.class);
        assertThatCode(() -> limits.opens("10.0.0.2")).doesNotThrowAnyException();
        limits.closes("10.0.0.1");
        assertThatCode(() -> limits.opens("10.0.0.1")).doesNotThrowAnyException();
        assertThatThrownBy(() -> limits.opens("10.0.0.1")).isInstanceOf(Stopped.class);
    }

    @Test
    void opensNoMoreStreamsThanAnAddressMayHave() {
        List<InputStream> open = new ArrayList<>();
        Caller visitor = new Caller(Gate.town(), "127.0.0.80");
        for (int tab = 0; tab < 3; tab++) {
            open.add(visitor.opens("/api/chat/events"));
        }

        var answer = visitor.gets("/api/chat/events");
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.json().path("type").asText()).endsWith("too-many");
        assertThat(answer.header("Retry-After")).isNotBlank();

        open.forEach(LimitsTest::hangUp);
        Awaitility.await().until(() -> {
            try (InputStream again = visitor.opens("/api/chat/events")) {
                return again != null;
            }
        });
    }

    private static void hangUp(InputStream stream) {
        try {
            stream.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Test
    void saysWhenTheNextIsWelcome() {
        limits.hook("shop");
        limits.hook("shop");

        assertThatThrownBy(() -> limits.hook("shop")).isInstanceOfSatisfying(Stopped.class, stopped -> {
            assertThat(stopped.fault().status().value()).isEqualTo(429);
            assertThat(Integer.parseInt(stopped.fault().headers().getFirst("Retry-After"))).isBetween(1, 30);
        });
        assertThatCode(() -> limits.hook("desk")).doesNotThrowAnyException();
        assertThatCode(() -> limits.completions("shop")).doesNotThrowAnyException();
    }

    @Test
    void forgivesARightPassword() {
        for (int login = 0; login < 10; login++) {
            limits.login("10.0.0.1");
            limits.loggedIn("10.0.0.1");
        }
    }

    @Test
    void slowsDownAVisitorOfThePage() {
        Caller visitor = Gate.stranger();
        visitor.gets("/api/chat/messages"); // who comes gets a cookie
        assertThat(stops(() -> visitor.posts("/api/chat", "{\"text\": \"\"}")).header("Retry-After")).isNotBlank();
    }

    @Test
    void isNotToldAnotherVisitorByACookieInFrontOfTheRightOne() {
        Caller visitor = Gate.stranger();
        visitor.gets("/api/chat/messages");
        String signed = Visitors.COOKIE + "=" + visitor.cookie(Visitors.COOKIE);

        stops(() -> withCookies(UUID.randomUUID() + "; " + signed));
    }

    /** After thirty, and one more every two seconds that this takes. */
    private static Caller.Answer stops(Supplier<Caller.Answer> post) {
        for (int message = 0; message < 30; message++) {
            assertThat(post.get().status()).isEqualTo(422);
        }
        return Stream.generate(post).limit(30).filter(answer -> answer.status() == 429).findFirst().orElseThrow();
    }

    private static Caller.Answer withCookies(String cookies) {
        return Gate.stranger().with("Cookie", Visitors.COOKIE + "=" + cookies).posts("/api/chat", "{\"text\": \"\"}");
    }
}
