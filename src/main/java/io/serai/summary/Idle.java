package io.serai.summary;

import io.serai.memory.Reflections;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds conversations that have gone quiet, each once, whichever hub looks, and has them thought over: that is work like any other, which is tried again when
 * it fails and outlives the hub.
 */
@Component("idle")
class Idle {

    private static final int MOST = 100;

    private final Silences silences;
    private final Reflections reflections;
    private final SummarySettings settings;
    private final Clock clock;

    Idle(Silences silences, Reflections reflections, SummarySettings settings, Clock clock) {
        this.silences = silences;
        this.reflections = reflections;
        this.settings = settings;
        this.clock = clock;
    }

    /** @return how many there were */
    @Transactional
    public int idle() {
        List<Silences.Quiet> quiet = silences.quiet(clock.instant().minus(settings.idle()), MOST);
        quiet.stream().sorted(Comparator.comparing(Silences.Quiet::conversation)) // as all do who lock several lanes
                .forEach(talk -> reflections.put(talk.conversation(), talk.last()));
        return quiet.size();
    }
}
