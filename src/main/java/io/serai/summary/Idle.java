package io.serai.summary;

import io.serai.memory.Reflections;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Finds conversations that have gone quiet, each once, whichever hub looks, and has them thought over: that is work like any other, which is tried again when
 * it fails and outlives the hub.
 */
@Component("idle")
class Idle {

    /** Nobody who says something waits for longer than these few take. */
    private static final int AT_ONCE = 20;

    private final Silences silences;
    private final Reflections reflections;
    private final SummarySettings settings;
    private final TransactionOperations transactions;
    private final Clock clock;

    Idle(Silences silences, Reflections reflections, SummarySettings settings, TransactionOperations transactions, Clock clock) {
        this.silences = silences;
        this.reflections = reflections;
        this.settings = settings;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** @return how many there were */
    public int idle() {
        Instant since = clock.instant().minus(settings.idle());
        List<Long> quiet = silences.quiet(since);
        int rested = 0;
        for (int from = 0; from < quiet.size(); from += AT_ONCE) {
            List<Long> some = quiet.subList(from, Math.min(quiet.size(), from + AT_ONCE));
            rested += transactions.execute(transaction -> rest(some, since));
        }
        return rested;
    }

    /** In the order of their ids, as all do who lock several lanes. */
    private int rest(List<Long> some, Instant since) {
        List<Silences.Quiet> claimed = silences.claim(some, since);
        claimed.forEach(talk -> reflections.put(talk.conversation(), talk.last()));
        return claimed.size();
    }
}
