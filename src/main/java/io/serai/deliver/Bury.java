package io.serai.deliver;

import io.serai.Home;
import io.serai.database.Volley;
import io.serai.memory.Playback;
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
    private final Playback playback;
    private final Outbox outbox;
    private final Home home;

    Bury(DeadLetters deadLetters, Playback playback, Outbox outbox, Home home) {
        this.deadLetters = deadLetters;
        this.playback = playback;
        this.outbox = outbox;
        this.home = home;
    }

    /** @param apology a file of {@code memory/prompts}, without its ending, that is said to who asked; empty to say nothing */
    @Transactional
    public DeadLetter bury(DeadLetter letter, String apology) {
        if (isOf(Queue.PARCELS, letter)) {
            DeadLetter parcel = withParcel(letter);
            deadLetters.bury(parcel);
            return parcel;
        }
        deadLetters.bury(letter);
        if (!apology.isBlank()) {
            turn(letter).ifPresent(turn -> apologise(turn, home.text("memory/prompts/" + apology + ".md").strip()));
        }
        return letter;
    }

    /** As it stands by now: only that tells whether it may have arrived. */
    private DeadLetter withParcel(DeadLetter letter) {
        Object parcel = outbox.find(letter.lease(), letter.subjects().getFirst()).map(Object.class::cast).orElse(letter.body());
        return new DeadLetter(letter.lease(), letter.subjects(), parcel, letter.why());
    }

    private Optional<Turn> turn(DeadLetter letter) {
        return isOf(Queue.TURNS, letter) ? playback.turn(letter.lease(), letter.subjects()) : Optional.empty();
    }

    private static boolean isOf(Queue queue, DeadLetter letter) {
        return letter.lease().queue().equals(queue.word());
    }

    private void apologise(Turn turn, String text) {
        outbox.answer(new Volley(), Reply.to(turn, text, "apology"));
    }
}
