package io.serai.memory;

import io.serai.message.Lease;
import io.serai.message.Reply;
import io.serai.work.Queue;
import io.serai.work.Shelf;
import java.util.List;
import org.springframework.stereotype.Component;

/** Replies that are to be reflected upon, with the turns they answered. */
@Component
class Reflections implements Shelf<Reply> {

    private final Transcript transcript;

    Reflections(Transcript transcript) {
        this.transcript = transcript;
    }

    @Override
    public Queue queue() {
        return Queue.REFLECTIONS;
    }

    @Override
    public Reply take(Lease lease, List<Long> replies) {
        return transcript.reply(lease, replies.getFirst()).orElse(null);
    }
}
