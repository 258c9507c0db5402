package io.serai.work;

import io.serai.database.Absence;
import io.serai.message.DeadLetter;
import io.serai.message.Later;
import io.serai.message.Lease;
import io.serai.message.Refused;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one claim through the route and decides how it ended: done, to be tried again, dead, or no longer ours.
 *
 * <p>Whatever goes wrong in deciding, nothing is lost: the lease ends by itself and the claim is made again.
 */
final class Worker {

    private static final Logger log = LoggerFactory.getLogger(Worker.class);

    private final WorkConsumer consumer;
    private final WorkEndpoint endpoint;
    private final Claims claims;
    private final Leases leases;
    private final DeadLetters deadLetters;
    private final Shelf<?> shelf;
    private final RetryPlan plan;
    private final ProducerTemplate failures;

    Worker(WorkConsumer consumer, WorkEndpoint endpoint) {
        this.consumer = consumer;
        this.endpoint = endpoint;
        this.claims = endpoint.getComponent().claims();
        this.leases = endpoint.getComponent().leases();
        this.deadLetters = endpoint.getComponent().deadLetters();
        this.shelf = endpoint.getComponent().shelf(endpoint.getQueue());
        this.plan = RetryPlan.of(endpoint.getRetry());
        this.failures = endpoint.getCamelContext().createProducerTemplate();
    }

    void close() throws Exception {
        failures.stop();
    }

    void work(Claim claim) {
        try {
            List<Long> deadly = claim.deadly(claims::deaths);
            if (deadly.isEmpty()) {
                attempt(shelf, claim);
            } else {
                bury(new DeadLetter(claim.lease(), deadly, null, new GaveUp()));
            }
        } catch (LeaseLost lost) {
            log.warn("What was done is not written: {}", lost.getMessage());
        } catch (Throwable undecided) {
            untold(claim.lease(), undecided);
        } finally {
            leases.forget(claim.lease());
        }
    }

    private static void untold(Lease lease, Throwable why) {
        if (Absence.isBehind(why)) {
            log.warn("Conversation {} in {} is tried again when its lease ends: the database is away", lease.conversationId(), lease.queue());
        } else {
            log.error("Conversation {} in {} is tried again when its lease ends", lease.conversationId(), lease.queue(), why);
        }
    }

    private <T> void attempt(Shelf<T> shelf, Claim claim) {
        T body = null;
        try {
            body = shelf.take(claim.lease(), claim.subjects());
            if (body != null) {
                route(body);
            }
            if (!leases.isFinished(claim.lease())) {
                leases.finish(claim.lease());
            }
        } catch (LeaseLost lost) {
            throw lost;
        } catch (Throwable why) {
            failed(shelf, claim, body, why);
        }
    }

    private void route(Object body) throws Throwable {
        Exchange exchange = consumer.createExchange(false);
        try {
            exchange.getMessage().setBody(body);
            consumer.getProcessor().process(exchange);
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
        } finally {
            consumer.releaseExchange(exchange, false);
        }
    }

    private <T> void failed(Shelf<T> shelf, Claim claim, T body, Throwable why) {
        Lease lease = claim.lease();
        if (leases.isFinished(lease)) {
            log.error("Conversation {} in {}: its work is done, but a later step failed", lease.conversationId(), lease.queue(), why);
            return;
        }
        boolean counts = !Absence.isBehind(why) && (!(why instanceof Later later) || later.counts());
        List<Long> failed = body == null ? claim.subjects() : shelf.subjects(body, claim.subjects());
        List<Long> hopeless = why instanceof Refused ? failed : counts ? claim.tried(plan.attempts()).stream().filter(failed::contains).toList() : List.of();
        if (hopeless.isEmpty()) {
            Duration pause = pause(why, lease.attempt());
            tell(lease, why, pause);
            log.debug("The failure in full", why);
            leases.retry(lease, pause, counts, DeadLetter.reason(why));
        } else {
            bury(new DeadLetter(lease, hopeless, hopeless.size() == failed.size() ? body : null, why));
        }
    }

    /** When we are told to come back, and by the plan otherwise; where it uses up an attempt, not before the plan. */
    private Duration pause(Throwable why, int attempt) {
        Duration planned = plan.after(attempt);
        if (!(why instanceof Later later)) {
            return planned;
        }
        return later.counts() && planned.compareTo(later.pause()) > 0 ? planned : later.pause();
    }

    /** Who comes back when told so may only wait for its turn: that is no failure, and has no cause. */
    private void tell(Lease lease, Throwable why, Duration pause) {
        if (why instanceof Later && why.getCause() == null) {
            log.debug("Conversation {} in {} waits {} ms: {}", lease.conversationId(), lease.queue(), pause.toMillis(), why.getMessage());
        } else if (why instanceof Later) {
            log.warn("Conversation {} in {} is tried again in {} ms: {}", lease.conversationId(), lease.queue(), pause.toMillis(), why.getMessage());
        } else {
            log.warn("Conversation {} in {} failed at attempt {} of {}, next in {} ms: {}",
                    lease.conversationId(), lease.queue(), lease.attempt(), plan.attempts(), pause.toMillis(), DeadLetter.reason(why));
        }
    }

    /** The route decides what becomes of a dead letter; if it fails too, the letter is at least kept. */
    private void bury(DeadLetter letter) {
        log.error("Conversation {} in {} could not be done: {}",
                letter.lease().conversationId(), letter.lease().queue(), DeadLetter.reason(letter.why()));
        log.debug("The failure in full", letter.why());
        try {
            failures.sendBody(endpoint.getFailures(), letter);
        } catch (RuntimeException unhandled) {
            if (Absence.isBehind(unhandled)) {
                throw unhandled; // the route has more to write than the letter, and can once the database is back
            }
            log.error("{} failed with a dead letter", endpoint.getFailures(), unhandled);
        }
        if (!leases.isFinished(letter.lease())) {
            deadLetters.bury(letter);
        }
    }
}
