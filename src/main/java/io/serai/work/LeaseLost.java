package io.serai.work;

import io.serai.message.Lease;

/** Somebody else has the lane by now: what we did there must not be written. */
public class LeaseLost extends RuntimeException {

    LeaseLost(Lease lease) {
        super("the lease on conversation %d in %s (epoch %d) was lost".formatted(lease.conversationId(), lease.queue(), lease.epoch()));
    }
}
