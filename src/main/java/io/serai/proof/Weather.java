package io.serai.proof;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How well the far side is.
 *
 * @param share of requests that go wrong, from 0 to 1
 * @param untold the parcels that were taken while their sender was told nothing, or nothing it can rely on
 */
record Weather(double share, Set<Long> untold) {

    static final Weather FAIR = new Weather(0, Set.of());

    /** A mishap of a model's server: a status, or what is sent instead of an answer. */
    private record Mishap(int status, String retryAfter, Object body, boolean reset) {}

    private static final List<Mishap> MODEL = List.of(
            new Mishap(429, "1", Map.of("error", "slow down"), false),
            new Mishap(429, null, Map.of("error", "slow down"), false),
            new Mishap(500, null, Map.of("error", "oh"), false),
            new Mishap(503, null, Map.of("error", "away"), false),
            new Mishap(529, null, Map.of("error", "overloaded"), false),
            new Mishap(200, null, "this is not what was asked for", false),
            new Mishap(200, null, Map.of("choices", List.of()), false),
            new Mishap(0, null, null, true));

    static Weather bad(double share) {
        return new Weather(share, ConcurrentHashMap.newKeySet());
    }

    boolean spoilsModel(HttpExchange exchange) throws IOException {
        if (!isBad()) {
            return false;
        }
        befall(exchange, MODEL.get(ThreadLocalRandom.current().nextInt(MODEL.size())));
        return true;
    }

    /** Nothing of it is taken, and the sender can know that. */
    boolean spoilsBefore(HttpExchange exchange) throws IOException {
        if (!isBad()) {
            return false;
        }
        befall(exchange, MODEL.get(ThreadLocalRandom.current().nextBoolean() ? 0 : 3));
        return true;
    }

    /** It is taken, and the sender is not told so. */
    boolean spoilsAfter(HttpExchange exchange, long parcel) throws IOException {
        if (!isBad()) {
            return false;
        }
        untold.add(parcel);
        befall(exchange, MODEL.get(ThreadLocalRandom.current().nextBoolean() ? 2 : 7));
        return true;
    }

    private boolean isBad() {
        return share > 0 && ThreadLocalRandom.current().nextDouble() < share;
    }

    private static void befall(HttpExchange exchange, Mishap mishap) throws IOException {
        if (mishap.reset()) {
            exchange.close();
            return;
        }
        if (mishap.retryAfter() != null) {
            exchange.getResponseHeaders().add("Retry-After", mishap.retryAfter());
        }
        FarSide.send(exchange, mishap.status(), mishap.body());
    }
}
