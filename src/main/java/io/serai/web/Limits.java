package io.serai.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Counts what one caller asks for, and stops who asks for too much. The counts live in memory, for this process alone. */
@Component
class Limits {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int IPV6_NETWORK_BYTES = 8;
    private static final int STREAM_PAUSE_SECONDS = 15;

    private final LimitsSettings settings;
    private final Cache<String, Bucket> buckets;
    private final Map<String, Integer> streams = new ConcurrentHashMap<>();

    Limits(LimitsSettings settings) {
        this.settings = settings;
        // a bucket that rested for a minute is full again, so that forgetting it changes nothing
        this.buckets = Caffeine.newBuilder().maximumSize(settings.callers()).expireAfterAccess(MINUTE.multipliedBy(2)).build();
    }

    void login(String address) {
        count("login " + network(address), settings.login());
    }

    /** The password was right: only wrong ones count. */
    void loggedIn(String address) {
        bucket("login " + network(address), settings.login()).addTokens(1);
    }

    /** Counted as passwords are, by themselves. */
    void export(String address) {
        count("export " + network(address), settings.login());
    }

    /** The code was right: only wrong ones count. */
    void exported(String address) {
        bucket("export " + network(address), settings.login()).addTokens(1);
    }

    void chat(String visitor, String address) {
        count("chat from " + network(address), settings.chatPerAddress());
        if (visitor != null) {
            count("chat of " + visitor, settings.chatPerVisitor());
        }
    }

    /** A stream is opened; every one is {@link #closes closed} once. */
    void opens(String address) {
        streams.merge(network(address), 1, (open, one) -> {
            if (open >= settings.streamsPerAddress()) {
                throw tooMany("Too many streams are open from this address. Close some, or come back in " + STREAM_PAUSE_SECONDS + " s.",
                        STREAM_PAUSE_SECONDS);
            }
            return open + one;
        });
    }

    void closes(String address) {
        streams.computeIfPresent(network(address), (same, open) -> open == 1 ? null : open - 1);
    }

    void hook(String name) {
        count("hook " + name, settings.hook());
    }

    void completions(String token) {
        count("completions " + token, settings.completions());
    }

    private void count(String who, int perMinute) {
        var probe = bucket(who, perMinute).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            long seconds = Math.max(1, Math.ceilDiv(probe.getNanosToWaitForRefill(), 1_000_000_000L));
            throw tooMany("Too many requests. The next is welcome in " + seconds + " s.", seconds);
        }
    }

    private static Stopped tooMany(String why, long seconds) {
        return new Stopped(Fault.of(HttpStatus.TOO_MANY_REQUESTS, why).kind("too-many").header(HttpHeaders.RETRY_AFTER, String.valueOf(seconds)));
    }

    private Bucket bucket(String who, int perMinute) {
        return buckets.get(who, unknown -> Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, MINUTE))
                .build());
    }

    /** An IPv6 household has 2^64 addresses; it counts as one. */
    private static String network(String address) {
        if (!address.contains(":")) {
            return address;
        }
        try {
            return HexFormat.of().formatHex(InetAddress.getByName(address).getAddress(), 0, IPV6_NETWORK_BYTES);
        } catch (UnknownHostException | IndexOutOfBoundsException notIpv6) {
            return address;
        }
    }
}
