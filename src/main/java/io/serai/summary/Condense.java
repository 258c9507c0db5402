package io.serai.summary;

import io.micrometer.core.instrument.MeterRegistry;
import io.serai.Patterns;
import io.serai.contact.Owners;
import io.serai.message.Digest;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Writes a summary, and with it that the talk is compacted. Whatever the model wrote: what it left out of the figures, decisions and questions is added
 * word for word; when it wrote nothing, the summary is made of what was said.
 */
@Component("condense")
class Condense {

    private final Owners owners;
    private final Summaries summaries;
    private final Verbatim verbatim;
    private final TransactionOperations transactions;
    private final MeterRegistry meters;

    Condense(Owners owners, Summaries summaries, Patterns patterns, TransactionOperations transactions, MeterRegistry meters) {
        this.owners = owners;
        this.summaries = summaries;
        this.verbatim = new Verbatim(patterns::find);
        this.transactions = transactions;
        this.meters = meters;
    }

    /**
     * Writes nothing when what was read is no longer one talk: those who had it were parted.
     *
     * @param answer the summary that a model wrote; blank when none did
     */
    public Digest condense(Digest digest, String answer) {
        boolean byModel = !digest.byRules() && answer != null && !answer.isBlank();
        String prose = byModel ? Prose.within(digest.words(), answer.strip()) : Extract.of(digest);
        List<Digest.Kept> kept = verbatim.of(digest, prose, byModel); // takes a while for what is long: nobody is held meanwhile
        meters.timer("serai.memory.write", "into", "summary").record(() -> transactions.executeWithoutResult(transaction ->
                owners.hold(digest.reading().conversationId(), digest.reading().messages())
                        .ifPresent(owner -> write(owner.id(), digest, prose, kept, byModel ? "model" : "extract"))));
        return digest;
    }

    private void write(long contact, Digest digest, String prose, List<Digest.Kept> kept, String by) {
        summaries.write(contact, digest, prose, kept, by);
        if (digest.isCompaction()) {
            summaries.compact(digest.reading().conversationId(), digest.keptFrom());
            meters.counter("serai.compactions", "by", by).increment();
        }
    }
}
