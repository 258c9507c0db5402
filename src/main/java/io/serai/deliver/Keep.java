package io.serai.deliver;

import io.micrometer.core.instrument.MeterRegistry;
import io.serai.Failpoint;
import io.serai.database.Volley;
import io.serai.message.Message;
import io.serai.message.Reply;
import io.serai.message.Turn;
import io.serai.work.Leases;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps a reply, in one transaction: it stands in the transcript, its parcels are in the outbox, and the conversation is free for the next turn.
 * From here on a retry neither asks the model again nor says something else.
 */
@Component("keep")
class Keep {

    private static final Logger log = LoggerFactory.getLogger("serai.turn");

    private final Leases leases;
    private final Outbox outbox;
    private final MeterRegistry meters;
    private final Clock clock;

    Keep(Leases leases, Outbox outbox, MeterRegistry meters, Clock clock) {
        this.leases = leases;
        this.outbox = outbox;
        this.meters = meters;
        this.clock = clock;
    }

    @Transactional
    public Reply keep(Reply reply) {
        Failpoint.AFTER_MODEL.reached();
        Turn turn = reply.turn();
        var volley = new Volley();
        leases.finish(volley, turn.lease(), turn.messages().stream().map(Message::id).toList());
        Reply kept = outbox.answer(volley, reply);
        book(kept);
        return kept;
    }

    private void book(Reply reply) {
        Turn turn = reply.turn();
        Duration since = Duration.between(turn.messages().getFirst().saidAt(), clock.instant());
        meters.counter("serai.answered", "channel", turn.address().channel()).increment();
        meters.timer("serai.answer", "channel", turn.address().channel()).record(since);
        log.info("Reply {} by {} to {} in conversation {}: {} message(s), {} tokens of memory, attempt {}, {} ms after the first of them",
                reply.id(), reply.author(), turn.address().channel(), turn.conversation().id(), turn.messages().size(),
                reply.prompt() == null ? 0 : reply.prompt().spent(), turn.lease().attempt(), since.toMillis());
    }
}
