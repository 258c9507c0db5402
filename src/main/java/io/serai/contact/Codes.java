package io.serai.contact;

import io.github.bucket4j.Bucket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Codes that are read from one screen and typed at another. Nobody guesses one: there are 2^40, and few wrong ones may be tried a minute. */
final class Codes {

    /** 32 letters and digits that nobody mistakes for another: 40 bits a code. */
    private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 8;

    private static final RandomGenerator RANDOM = new SecureRandom();

    private final Bucket guesses;

    /** @param wrong codes a minute, over all who try */
    Codes(int wrong) {
        this.guesses = Bucket.builder().addLimit(limit -> limit.capacity(wrong).refillGreedy(wrong, Duration.ofMinutes(1))).build();
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
     * @throws GuessedTooOften after too many wrong codes
     */
    <T> Optional<T> find(String typed, Function<String, Optional<T>> search) {
        if (guesses.getAvailableTokens() == 0) {
            throw new GuessedTooOften();
        }
        Optional<T> found = search.apply(typed.strip().toUpperCase(Locale.ROOT));
        if (found.isEmpty()) {
            guesses.tryConsume(1);
        }
        return found;
    }
}
