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
import org.springframework.stereotype.Component;

/**
 * Keeps to what addresses and accounts may be sent in a time: token buckets (as GCRA, ITU-T I.371) of this process. Who has to wait is given a time,
 * and its turn then; meanwhile it is nobody's work.
 */
@Component
class Pace {

    private static final Duration FORGOTTEN = Duration.ofMinutes(1);
    private static final int MANY = 10_000;

    /** @param full when the bucket is full again */
    private record Bucket(Rate rate, Instant full) {

        /** When the next one may go. */
        Instant next() {
            return full.minus(rate.time().minus(rate.interval()));
        }

        Bucket taken(Instant at) {
            return new Bucket(rate, (full.isAfter(at) ? full : at).plus(rate.interval()));
        }
    }

    private final Clock clock;
    private final Map<String, Bucket> buckets = new HashMap<>();
    private final Map<Long, Instant> turns = new HashMap<>();
    private final Map<String, Instant> closed = new HashMap<>();
    private int many = MANY;

    Pace(Clock clock) {
        this.clock = clock;
    }

    /** @throws Later when it is not its turn yet; that uses up no attempt */
    synchronized void keep(Parcel parcel, List<Rate> perAddress, List<Rate> perAccount) {
        Instant now = clock.instant();
        forget(now);
        Instant open = closed.getOrDefault(account(parcel), now);
        Instant turn = turns.remove(parcel.id());
        if (turn == null || open.isAfter(now)) {
            turn = take(keys(parcel, perAddress, perAccount), open.isAfter(now) ? open : now);
        }
        if (turn.isAfter(now)) {
            turns.put(parcel.id(), turn);
            throw new Later("it is not its turn yet", Duration.between(now, turn).plusMillis(1), false, null);
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

    private static Map<String, Rate> keys(Parcel parcel, List<Rate> perAddress, List<Rate> perAccount) {
        Map<String, Rate> keys = new HashMap<>();
        perAddress.forEach(rate -> keys.put("address " + parcel.to().id() + " " + rate, rate));
        perAccount.forEach(rate -> keys.put(account(parcel) + " " + rate, rate));
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
            turns.values().removeIf(turn -> turn.isBefore(now.minus(FORGOTTEN)));
            many = Math.max(MANY, 2 * size()); // where all of them are needed, not each parcel looks through all
        }
    }

    /** How much is remembered. */
    synchronized int size() {
        return turns.size() + buckets.size();
    }
}
