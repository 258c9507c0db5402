package io.serai.memory;

import io.micrometer.core.instrument.MeterRegistry;
import io.serai.memory.Recollections.Recollection;
import io.serai.message.Message;
import io.serai.message.Reply;
import java.util.List;
import org.springframework.stereotype.Component;

/** Makes a turn findable, by meaning and by words: what they said, what we said, and what was said before and got no answer. */
@Component("embed")
class Embed {

    private final Embeddings embeddings;
    private final Recollections recollections;
    private final PhraseBook phrases;
    private final Orders orders;
    private final MeterRegistry meters;

    Embed(Embeddings embeddings, Recollections recollections, PhraseBook phrases, Orders orders, MeterRegistry meters) {
        this.embeddings = embeddings;
        this.recollections = recollections;
        this.phrases = phrases;
        this.orders = orders;
        this.meters = meters;
    }

    public Reply embed(Reply reply) {
        meters.timer("serai.memory.write", "into", "recall").record(() -> add(reply));
        return reply;
    }

    private void add(Reply reply) {
        List<Message> said = recollections.missing(reply.turn().conversation().id(), reply.id());
        recollections.add(said.stream()
                .filter(message -> !orders.isOrder(message, "forget")) // it names what is to be forgotten
                .map(this::recollection)
                .filter(recollection -> !recollection.text().isBlank())
                .toList());
    }

    private Recollection recollection(Message message) {
        String text = message.isCommand() ? message.text().replaceFirst("^\\S+\\s*", "") : message.text();
        return new Recollection(message.id(), text, Tags.of(text, phrases::of), embeddings.of(text));
    }
}
