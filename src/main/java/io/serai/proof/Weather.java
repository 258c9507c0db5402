package io.serai.proof;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How well the far side is, for one conversation in three; the others must not feel it, but for the pauses that it asks of all.
 *
 * @param mishaps how many there are to be
 * @param model what befalls its calls
 * @param before what befalls parcels that are not taken, and the sender can know it, but for silence
 * @param after what befalls parcels that are taken, and the sender is not told so
 * @param count of those there were
 * @param untold the parcels whose sender was told nothing, or nothing it can rely on
 * @param closed until when a parcel was told not to come again
 * @param early the parcels that came sooner
 * @param pauses when it asked to be left alone for a while (Retry-After), which nobody may disobey, whomever it told
 */
record Weather(int mishaps, List<Mishap> model, List<Mishap> before, List<Mishap> after, AtomicInteger count, Set<Long> untold,
        Map<Long, Instant> closed, Set<Long> early, Queue<Pause> pauses) {

    /** From when to when. */
    record Pause(Instant from, Instant to) {}

    static final Weather FAIR = bad(0, List.of(), List.of(), List.of());

    private static final int UNLUCKY_OF = 3;
    private static final double SHARE = 0.3;

    /** @param rounds how often there is each kind of mishap */
    static Weather ofModels(int rounds) {
        List<Mishap> all = List.of(Mishap.SLOW_DOWN_FOR_A_SECOND, Mishap.SLOW_DOWN, Mishap.BROKEN, Mishap.AWAY, Mishap.OVERLOADED, Mishap.TOO_LONG,
                Mishap.NONSENSE, Mishap.NO_CHOICES, Mishap.EMPTY, Mishap.REFUSAL, Mishap.WRONG_ARGUMENTS, Mishap.UNKNOWN_TOOL, Mishap.TRUNCATED, Mishap.ONE_TOKEN_PER_TEN_SECONDS, Mishap.ENDLESS,
                Mishap.RESET);
        return bad(rounds * all.size(), all, List.of(), List.of());
    }

    static Weather ofChannels(int rounds) {
        List<Mishap> before = List.of(Mishap.SLOW_DOWN_FOR_A_SECOND, Mishap.SLOW_DOWN, Mishap.AWAY, Mishap.NOT_TAKEN, Mishap.FORBIDDEN, Mishap.SILENCE);
        List<Mishap> after = List.of(Mishap.BROKEN, Mishap.RESET, Mishap.SILENCE);
        return bad(rounds * (before.size() + after.size()), List.of(), before, after);
    }

    private static Weather bad(int mishaps, List<Mishap> model, List<Mishap> before, List<Mishap> after) {
        return new Weather(mishaps, model, before, after, new AtomicInteger(), ConcurrentHashMap.newKeySet(), new ConcurrentHashMap<>(),
                ConcurrentHashMap.newKeySet(), new ConcurrentLinkedQueue<>());
    }

    /** Whether nobody is harmed by it for good, so that everything must be answered. */
    boolean isFair() {
        return mishaps == 0;
    }

    boolean isOver() {
        return count.get() >= mishaps;
    }

    /** Whether who waits from then to then waits for one of its pauses, too. */
    boolean pausesWithin(Instant from, Instant to) {
        return pauses.stream().anyMatch(pause -> from.isBefore(pause.to()) && to.isAfter(pause.from()));
    }

    /** Whether it may befall the conversation of a handle. */
    static boolean meets(String handle) {
        return handle.length() > 1 && Integer.parseInt(handle.substring(1)) % UNLUCKY_OF == 0;
    }

    boolean spoilsModel(HttpExchange exchange, String handle) throws IOException {
        return befalls(exchange, handle, model) != null;
    }

    /** Nothing of it is taken, and the sender can know that unless it is told nothing at all. */
    boolean spoilsBefore(HttpExchange exchange, String handle, long parcel) throws IOException {
        Instant now = Instant.now();
        if (closed.getOrDefault(parcel, Instant.MIN).isAfter(now)) {
            early.add(parcel);
        }
        Mishap mishap = befalls(exchange, handle, before);
        if (mishap != null && mishap.told() != null) {
            closed.put(parcel, now.plus(mishap.told()));
        }
        if (mishap == Mishap.SILENCE) {
            untold.add(parcel);
        }
        return mishap != null;
    }

    /** It is taken, and the sender is not told so. */
    boolean spoilsAfter(HttpExchange exchange, String handle, long parcel) throws IOException {
        boolean spoils = befalls(exchange, handle, after) != null;
        if (spoils) {
            untold.add(parcel);
        }
        return spoils;
    }

    /** One after the other, so that there is each as often as any other. */
    private Mishap befalls(HttpExchange exchange, String handle, List<Mishap> which) throws IOException {
        if (which.isEmpty() || isOver() || !meets(handle) || ThreadLocalRandom.current().nextDouble() > SHARE) {
            return null;
        }
        Mishap mishap = which.get(count.getAndIncrement() % which.size());
        mishap.befall(exchange);
        if (mishap.told() != null) {
            Instant now = Instant.now();
            pauses.add(new Pause(now, now.plus(mishap.told())));
        }
        return mishap;
    }
}
