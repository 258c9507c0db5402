package io.serai.deliver;

import io.serai.Home;
import io.serai.memory.Reflections;
import io.serai.memory.Transcript;
import io.serai.message.DeadLetter;
import io.serai.message.Reply;
import io.serai.message.Turn;
import io.serai.work.DeadLetters;
import io.serai.work.Queue;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps a dead letter, so that a person can find it and act; who waits for an answer is told that none will come by itself. */
@Component("bury")
class Bury {

    private final DeadLetters deadLetters;
    private final Transcript transcript;
    private final Outbox outbox;
    private final Reflections reflections;
    private final Home home;

    Bury(DeadLetters deadLetters, Transcript transcript, Outbox outbox, Reflections reflections, Home home) {
        this.deadLetters = deadLetters;
        this.transcript = transcript;
        this.outbox = outbox;
        this.reflections = reflections;
        this.home = home;
    }

    /** @param apology a file of {@code memory/prompts}, without its ending, that is said to who asked; empty to say nothing */
    @Transactional
    public DeadLetter bury(DeadLetter letter, String apology) {
        deadLetters.bury(letter);
        if (isOf(Queue.PARCELS, letter)) {
            outbox.dead(letter.subjects());
        }
        if (!apology.isBlank()) {
            turn(letter).ifPresent(turn -> apologise(turn, home.text("memory/prompts/" + apology + ".md").strip()));
        }
        return letter;
    }

    private Optional<Turn> turn(DeadLetter letter) {
        return isOf(Queue.TURNS, letter) ? transcript.turn(letter.lease(), letter.subjects()) : Optional.empty();
    }

    private static boolean isOf(Queue queue, DeadLetter letter) {
        return letter.lease().queue().equals(queue.word());
    }

    private void apologise(Turn turn, String text) {
        Reply reply = transcript.write(Reply.to(turn, text, "apology"));
        outbox.put(reply);
        reflections.put(reply);
    }
}
