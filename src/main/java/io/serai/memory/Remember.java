package io.serai.memory;

import io.micrometer.core.instrument.MeterRegistry;
import io.serai.message.Arrival;
import io.serai.message.Receipt;
import io.serai.work.Lanes;
import io.serai.work.Queue;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Accepts a message: once this returns it is stored, its conversation waits for an answer, and the door may say yes. */
@Component("remember")
class Remember {

    private final Transcript transcript;
    private final Lanes lanes;
    private final AnswerSettings settings;
    private final MeterRegistry meters;

    Remember(Transcript transcript, Lanes lanes, AnswerSettings settings, MeterRegistry meters) {
        this.transcript = transcript;
        this.lanes = lanes;
        this.settings = settings;
        this.meters = meters;
    }

    @Transactional
    public Receipt remember(Arrival arrival) {
        var entry = transcript.write(arrival);
        String channel = arrival.inbound().channel();
        if (entry.written()) {
            lanes.put(Queue.TURNS, arrival.conversation().id(), entry.id(), settings.debounce(channel));
        }
        meters.counter("serai.accepted", "channel", channel, "duplicate", String.valueOf(!entry.written())).increment();
        return new Receipt(entry.id(), entry.publicId(), arrival.contact(), arrival.address(), arrival.conversation(), !entry.written());
    }
}
