package io.serai.memory;

import io.serai.database.Volley;
import io.serai.message.Lease;
import io.serai.message.Reply;
import io.serai.message.Turn;
import io.serai.work.Lanes;
import io.serai.work.Queue;
import io.serai.work.Shelf;
import io.serai.work.Subject;
import java.util.List;
import org.springframework.stereotype.Component;

/** Replies that are to be reflected upon, with the turns they answered. */
@Component
public class Reflections implements Shelf<Reply> {

    private final Playback playback;
    private final Lanes lanes;
    private final ReflectSettings settings;

    Reflections(Playback playback, Lanes lanes, ReflectSettings settings) {
        this.playback = playback;
        this.lanes = lanes;
        this.settings = settings;
    }

    /** Has the reply that is written before reflected upon, a while after it was kept: those who wait for an answer go first. */
    public void put(Volley volley, Turn turn) {
        lanes.put(volley, Queue.REFLECTIONS, turn.conversation().id(), Subject.latest("message"), settings.delay());
    }

    /** Has what was said in a conversation reflected upon, up to this message. */
    public void put(long conversation, long message) {
        lanes.put(Queue.REFLECTIONS, conversation, message, settings.delay());
    }

    @Override
    public Queue queue() {
        return Queue.REFLECTIONS;
    }

    @Override
    public Reply take(Lease lease, List<Long> replies) {
        return playback.reply(lease, replies.getFirst()).orElse(null);
    }
}
