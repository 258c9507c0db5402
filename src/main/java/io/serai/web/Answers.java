package io.serai.web;

import io.serai.database.Bell;
import io.serai.deliver.Counter;
import io.serai.message.Receipt;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Waits for the answer to a message, for callers who stay on the line. */
@Component
class Answers {

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    /** How long a missed bell can cost; also how soon an answer is seen that goes out by another channel, where no bell rings. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final Counter counter;
    private final Bell bell;
    private final JdbcClient database;

    Answers(Counter counter, Bell bell, JdbcClient database) {
        this.counter = counter;
        this.bell = bell;
        this.database = database;
    }

    /**
     * Waits until the whole answer has arrived; blocks the calling (virtual) thread, holds no connection meanwhile. While the database is away there is
     * none yet: the message is stored, and whoever was told that it is not would send it again.
     *
     * @return the answer, or empty when it is not there in time; it will still be given, unless the message is suppressed
     * @throws Unanswered when the message or its answer is a dead letter
     */
    Optional<Counter.Item> await(Receipt receipt, Duration atMost) {
        if (!receipt.verdict().isAnswered()) {
            return Optional.empty();
        }
        long end = System.nanoTime() + atMost.toNanos();
        Semaphore rung = new Semaphore(0);
        Bell.Listening ear = bell.listen("counter", String.valueOf(receipt.address().id()), rung::release);
        try {
            Optional<Counter.Item> answer = receipt.duplicate() ? look(receipt) : answer(receipt); // what came just now is not dead yet
            long left = end - System.nanoTime();
            while (answer.isEmpty() && left > 0) {
                rung.tryAcquire(Math.min(left, LOOK_AGAIN.toNanos()), TimeUnit.NANOSECONDS);
                rung.drainPermits();
                answer = look(receipt);
                left = end - System.nanoTime();
            }
            return answer;
        } catch (InterruptedException shutdown) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            ear.close();
        }
    }

    private Optional<Counter.Item> look(Receipt receipt) {
        return noneWhileAway(() -> {
            Optional<Counter.Item> answer = counter.answering(receipt.messageId());
            if (answer.isEmpty() && isDead(receipt)) {
                throw new Unanswered(receipt.messageId());
            }
            return answer;
        });
    }

    private Optional<Counter.Item> answer(Receipt receipt) {
        return noneWhileAway(() -> counter.answering(receipt.messageId()));
    }

    private static Optional<Counter.Item> noneWhileAway(Supplier<Optional<Counter.Item>> look) {
        try {
            return Unavailable.unlessAway(look);
        } catch (Unavailable away) {
            LOG.debug("Cannot look for an answer now", away);
            return Optional.empty();
        }
    }

    private boolean isDead(Receipt receipt) {
        return database.sql("""
                select exists (select from dead_letter
                               where conversation_id = :conversation and queue = 'turns' and :message = any(subjects) and state <> 'replayed')
                    or exists (select from message join parcel on parcel.reply_id = message.answer_id
                               where message.id = :message and parcel.state = 'dead')
                """)
                .param("conversation", receipt.conversation().id())
                .param("message", receipt.messageId())
                .query(Boolean.class)
                .single();
    }
}
