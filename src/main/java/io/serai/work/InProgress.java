package io.serai.work;

import io.serai.message.Lease;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** The leases of what a consumer is at: prolonged at each third of their length, and given back when it stops before it is done. */
final class InProgress {

    private static final Logger log = LoggerFactory.getLogger(InProgress.class);

    private final Queue queue;
    private final Duration length;
    private final Claims claims;
    private final Leases leases;
    private final Map<Long, Lease> held = new ConcurrentHashMap<>();
    private final Alarm pulse = new Alarm();
    private volatile boolean prolonging;
    private Thread prolonger;

    InProgress(Queue queue, Duration length, Claims claims, Leases leases) {
        this.queue = queue;
        this.length = length;
        this.claims = claims;
        this.leases = leases;
    }

    void begin(Lease lease) {
        held.put(lease.conversationId(), lease);
    }

    void end(Lease lease) {
        held.remove(lease.conversationId(), lease);
    }

    int size() {
        return held.size();
    }

    void startProlonging() {
        prolonging = true;
        prolonger = Thread.ofVirtual().name("work-" + queue.word() + "-prolong").start(this::keepProlonging);
    }

    /** Also what has ended by itself, since the database was away, and nobody has taken. */
    void prolong() {
        if (!held.isEmpty()) {
            claims.prolong(queue, List.copyOf(held.values()), length);
        }
    }

    void stopProlonging() {
        prolonging = false;
        pulse.set(Duration.ZERO);
        WorkConsumer.await(prolonger);
    }

    /** Who has lost a lease in spite of this learns it when it wants to write. */
    private void keepProlonging() {
        while (prolonging) {
            pulse.sleep(length.dividedBy(3));
            try {
                prolong();
            } catch (DataAccessException | TransactionException unreachable) {
                log.debug("cannot prolong the leases in {}: {}", queue.word(), unreachable.getMessage());
            }
        }
    }

    /** Lets another hub, or our next start, go on at once; whoever of us is still at it is refused when it wants to write. */
    void giveBack() {
        for (Lease lease : held.values()) {
            try {
                leases.retry(lease, Duration.ZERO, false, "the hub was stopped");
            } catch (LeaseLost finished) {
                log.debug("{}", finished.getMessage());
            } catch (DataAccessException | TransactionException unreachable) {
                log.warn("Conversation {} in {} could not be given back; its lease ends by itself", lease.conversationId(), queue.word());
            }
        }
    }
}
