package io.serai.web;

import io.serai.message.Receipt;
import java.time.Instant;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What an answer cost in tokens, as far as it is booked by the time it is asked; 0 when no model was needed, and while the database is away: the answer is not kept back over it. */
@Component
class Usages {

    private static final Logger LOG = LoggerFactory.getLogger(Usages.class);

    private final JdbcClient database;

    Usages(JdbcClient database) {
        this.database = database;
    }

    Completion.Usage since(Receipt receipt, Instant asked) {
        try {
            return Unavailable.unlessAway(() -> booked(receipt, asked));
        } catch (Unavailable away) {
            LOG.debug("Cannot look for what an answer cost now", away);
            return Completion.Usage.of(0, 0);
        }
    }

    private Completion.Usage booked(Receipt receipt, Instant asked) {
        return database.sql("""
                select coalesce(sum(tokens_in), 0) as tokens_in, coalesce(sum(tokens_out), 0) as tokens_out from model_call
                where conversation_id = :conversation and called_at >= :asked
                """)
                .param("conversation", receipt.conversation().id())
                .param("asked", asked.atOffset(ZoneOffset.UTC))
                .query((row, number) -> Completion.Usage.of(row.getInt("tokens_in"), row.getInt("tokens_out")))
                .single();
    }
}
