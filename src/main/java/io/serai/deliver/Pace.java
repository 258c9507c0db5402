package io.serai.deliver;

import io.serai.message.Later;
import io.serai.message.Parcel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Keeps to what addresses and accounts may be sent in a time: token buckets (as GCRA, ITU-T I.371) of this process. Who has to wait is given a time,
 * and its turn then; meanwhile it is nobody's work.
 */
@Component
class Pace {

    private static final Duration FORGOTTEN = Duration.ofMinutes(1);
    private static final int MANY = 10_000;

    /** @param ofAccount whether it is its turn in its account then, too, or only at its address */
    private record Turn(Instant at, boolean ofAccount) {}

    /** @param full when the bucket is full again */
    private record Bucket(Rate rate, Instant full) {

        /** When the next one may go. */
        Instant next() {
            return full.minus(rate.time().minus(rate.interval()));
        }

        Bucket taken(Instant at) {
            return new Bucket(rate, (full.isAfter(at) ? full : at).plus(rate.interval()));
        }

        Bucket later(Duration delay) {
            return new Bucket(rate, full.plus(delay));
        }
    }

    private final Clock clock;
    private final Map<String, Bucket> buckets = new HashMap<>();
    private final Map<Long, Turn> turns = new HashMap<>();
    private final Map<String, Instant> closed = new HashMap<>();
    private int many = MANY;

    Pace(Clock clock) {
        this.clock = clock;
    }

    /**
     * Its turn at its address first, and only then one in its account: many who wait for one address would take the turns of everybody else for as long
     * as they wait.
     *
     * @throws Later when it is not its turn yet; that uses up no attempt
     */
    synchronized void keep(Parcel parcel, List<Rate> perAddress, List<Rate> perAccount) {
        Instant now = clock.instant();
        forget(now);
        Instant open = closed.getOrDefault(account(parcel), now);
        Map<String, Rate> address = keys("address " + parcel.to().id(), perAddress);
        Turn turn = turns.remove(parcel.id());
        if (turn == null || open.isAfter(now)) {
            turn = new Turn(take(address, open.isAfter(now) ? open : now), false);
        }
        if (!turn.ofAccount() && !turn.at().isAfter(now)) {
            turn = new Turn(take(keys(account(parcel), perAccount), now), true);
            postpone(address.keySet(), Duration.between(now, turn.at()));
        }
        if (turn.at().isAfter(now)) {
            turns.put(parcel.id(), turn);
            throw new Later("it is not its turn yet", Duration.between(now, turn.at()).plusMillis(1), false, null);
        }
    }

    /** The far side said when our account may come again: nobody comes before. */
    synchronized void close(Parcel parcel, Duration pause) {
        closed.merge(account(parcel), clock.instant().plus(pause), (one, other) -> one.isAfter(other) ? one : other);
    }

    private Instant take(Map<String, Rate> keys, Instant earliest) {
        List<Bucket> taken = new ArrayList<>();
        Instant turn = earliest;
        for (Map.Entry<String, Rate> key : keys.entrySet()) {
            Bucket bucket = buckets.getOrDefault(key.getKey(), new Bucket(key.getValue(), Instant.MIN.plus(key.getValue().time())));
            taken.add(bucket);
            turn = bucket.next().isAfter(turn) ? bucket.next() : turn;
        }
        Instant at = turn;
        int each = 0;
        for (String key : keys.keySet()) {
            buckets.put(key, taken.get(each++).taken(at));
        }
        return at;
    }

    /** Who had to wait for the account goes that much later, and so does who comes behind. */
    private void postpone(Set<String> keys, Duration delay) {
        keys.forEach(key -> buckets.computeIfPresent(key, (same, bucket) -> bucket.later(delay)));
    }

    private static Map<String, Rate> keys(String whose, List<Rate> rates) {
        Map<String, Rate> keys = new HashMap<>();
        rates.forEach(rate -> keys.put(whose + " " + rate, rate));
        return keys;
    }

    private static String account(Parcel parcel) {
        return "account " + parcel.channel() + "/" + parcel.to().account();
    }

    /** Full buckets say nothing, and who has not come when it was its turn was sent by another hub, or given up. */
    private void forget(Instant now) {
        closed.values().removeIf(now::isAfter);
        if (size() > many) {
            buckets.values().removeIf(bucket -> bucket.full().isBefore(now));
            turns.values().removeIf(turn -> turn.at().isBefore(now.minus(FORGOTTEN)));
            many = Math.max(MANY, 2 * size()); // where all of them are needed, not each parcel looks through all
        }
    }

    /** How much is remembered. */
    synchronized int size() {
        return turns.size() + buckets.size();
    }
}
