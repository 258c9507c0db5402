package io.serai.deliver;

import io.micrometer.core.instrument.MeterRegistry;
import io.serai.Failpoint;
import io.serai.database.Committed;
import io.serai.database.Volley;
import io.serai.memory.Transcript;
import io.serai.message.Expense;
import io.serai.message.Message;
import io.serai.message.Prompt;
import io.serai.message.Reply;
import io.serai.message.Turn;
import io.serai.work.Leases;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
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
        Transcript.Written written = outbox.answer(volley, reply);
        Committed.then(() -> book(reply, written.answers()));
        return reply.kept(written.id());
    }

    private void book(Reply reply, List<UUID> messages) {
        Turn turn = reply.turn();
        Duration since = Duration.between(turn.messages().getFirst().saidAt(), clock.instant());
        meters.counter("serai.answered", "channel", turn.address().channel()).increment();
        meters.timer("serai.answer", "channel", turn.address().channel()).record(since);
        log.info("Answered {} by {} in {}, conversation {}, {} ms after it was said, attempt {}{}",
                messages.stream().map(UUID::toString).collect(Collectors.joining(" ")), reply.author(), turn.address().channel(),
                turn.conversation().id(), since.toMillis(), turn.lease().attempt(), told(reply.expense(), reply.prompt()));
    }

    private static String told(Expense expense, Prompt prompt) {
        return expense == null ? "" : ": model %d ms, %d tokens in (memory %d), %d out, cost %s".formatted(expense.took().toMillis(),
                expense.tokensIn(), prompt.spent(), expense.tokensOut(), expense.cost().toPlainString());
    }
}
