package io.serai.summary;

import io.serai.memory.Playback;
import io.serai.message.Reply;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds conversations that have gone quiet, each once, whichever hub looks. */
@Component("idle")
class Idle {

    private static final int MOST = 100;

    private final Summaries summaries;
    private final Playback playback;
    private final SummarySettings settings;
    private final Clock clock;

    Idle(Summaries summaries, Playback playback, SummarySettings settings, Clock clock) {
        this.summaries = summaries;
        this.playback = playback;
        this.settings = settings;
        this.clock = clock;
    }

    /** @return the last reply of each; what it waits for is nothing any more, so it has no lease */
    public List<Reply> idle() {
        return summaries.quiet(clock.instant().minus(settings.idle()), MOST).stream()
                .map(reply -> playback.reply(null, reply))
                .flatMap(Optional::stream)
                .toList();
    }
}
