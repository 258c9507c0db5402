package io.serai.memory;

import io.serai.message.Turn;
import org.springframework.stereotype.Component;

/** {@code /new}: a fresh talk with somebody who is not forgotten. */
@Component
class StartOver implements Command {

    private final Transcript transcript;

    StartOver(Transcript transcript) {
        this.transcript = transcript;
    }

    @Override
    public String word() {
        return "new";
    }

    @Override
    public boolean isFor(Turn turn) {
        return true;
    }

    @Override
    public String obey(Turn turn, String argument) {
        transcript.startOver(turn.conversation(), turn.lastMessageId());
        return "We start over. What I know of you, I keep.";
    }
}
