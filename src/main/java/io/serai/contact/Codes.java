package io.serai.contact;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Codes that are read from one screen and typed at another. Nobody guesses one: there are 2^40, and nobody may try many wrong ones a minute. */
final class Codes {

    /** 32 letters and digits that nobody mistakes for another: 40 bits a code. */
    private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 8;

    private static final RandomGenerator RANDOM = new SecureRandom();

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** So many who guess without end are needed to keep everybody else from giving a code. */
    private static final int CROWD = 100;
    private static final int REMEMBERED = 10_000;

    private final Bucket all;
    private final LoadingCache<Long, Bucket> each;

    /** @param wrong codes a minute of one who tries */
    Codes(int wrong) {
        this.all = bucket(wrong * CROWD);
        this.each = Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterAccess(MINUTE.multipliedBy(2)).build(anybody -> bucket(wrong));
    }

    private static Bucket bucket(int wrong) {
        return Bucket.builder().addLimit(limit -> limit.capacity(wrong).refillGreedy(wrong, MINUTE)).build();
    }

    String next() {
        return random(LENGTH);
    }

    /** As many letters and digits, 5 bits each. */
    static String random(int length) {
        return RANDOM.ints(length, 0, ALPHABET.length())
                .mapToObj(letter -> String.valueOf(ALPHABET.charAt(letter)))
                .collect(Collectors.joining());
    }

    /**
     * Looks for what a typed code stands for.
     *
     * @param who tries it
     * @throws GuessedTooOften after too many wrong codes
     */
    <T> Optional<T> find(long who, String typed, Function<String, Optional<T>> search) {
        Bucket theirs = each.get(who);
        if (theirs.getAvailableTokens() == 0 || all.getAvailableTokens() == 0) {
            throw new GuessedTooOften();
        }
        Optional<T> found = search.apply(typed.strip().toUpperCase(Locale.ROOT));
        if (found.isEmpty()) {
            theirs.tryConsume(1);
            all.tryConsume(1);
        }
        return found;
    }
}
