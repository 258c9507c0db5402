package io.serai.memory;

import io.serai.message.Lease;
import io.serai.message.Message;
import io.serai.message.Turn;
import io.serai.work.Queue;
import io.serai.work.Shelf;
import java.util.List;
import org.springframework.stereotype.Component;

/** Messages that wait for an answer, as turns. */
@Component
class Turns implements Shelf<Turn> {

    private final Playback playback;
    private final Orders orders;

    Turns(Playback playback, Orders orders) {
        this.playback = playback;
        this.orders = orders;
    }

    @Override
    public Queue queue() {
        return Queue.TURNS;
    }

    @Override
    public Turn take(Lease lease, List<Long> messages) {
        return playback.turn(lease, messages)
                .map(this::ordered)
                .map(all -> upToTheNextCommand(lease, all))
                .orElse(null);
    }

    @Override
    public List<Long> subjects(Turn turn, List<Long> taken) {
        return turn.messages().stream().map(Message::id).toList();
    }

    /** In an isolated talk, which no person may be writing in, only what has a slash is an order. */
    private Turn ordered(Turn turn) {
        return turn.conversation().isIsolated() ? turn : turn.with(turn.messages().stream().map(orders::read).toList());
    }

    /** A command is a turn of its own; what was said before it is answered first, and where that was said; what comes after it next. */
    private Turn upToTheNextCommand(Lease lease, Turn all) {
        int end = 1;
        while (!all.isCommand() && end < all.messages().size() && !all.messages().get(end).isCommand()) {
            end++;
        }
        List<Message> first = all.messages().subList(0, end);
        return first.size() == all.messages().size()
                ? all
                : playback.turn(lease, first.stream().map(Message::id).toList()).map(turn -> turn.with(first)).orElse(null);
    }
}
