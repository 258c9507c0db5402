package io.serai.memory;

import io.serai.message.Message;
import io.serai.message.Reply;
import io.serai.memory.Recollections.Recollection;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Makes a turn findable: what they said and what we said, by meaning and by words. */
@Component("embed")
class Embed {

    private final Embeddings embeddings;
    private final Recollections recollections;

    Embed(Embeddings embeddings, Recollections recollections) {
        this.embeddings = embeddings;
        this.recollections = recollections;
    }

    public Reply embed(Reply reply) {
        if (!reply.turn().isCommand()) {
            List<Recollection> said = Stream.concat(
                            reply.turn().messages().stream().filter(message -> !message.text().isBlank()).map(this::recollection),
                            Stream.of(new Recollection(reply.id(), embeddings.of(reply.text()))))
                    .toList();
            recollections.add(said);
        }
        return reply;
    }

    private Recollection recollection(Message message) {
        return new Recollection(message.id(), embeddings.of(message.text()));
    }
}
