package io.serai.profile;

import io.micrometer.core.instrument.MeterRegistry;
import io.serai.message.Reading;
import io.serai.message.Refused;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Leaves a reading for the next turn, because no model answered. That counts against the messages only when it is about them: no model will ever
 * answer, or the models answered others since they last failed here. By an outage messages do not become less worth reading.
 */
@Component("postpone")
class Postpone {

    private final Studies studies;
    private final MeterRegistry meters;

    Postpone(Studies studies, MeterRegistry meters) {
        this.studies = studies;
        this.meters = meters;
    }

    public Reading postpone(Reading reading, Throwable why) {
        if (Stream.iterate(why, Objects::nonNull, Throwable::getCause).anyMatch(Refused.class::isInstance)) {
            studies.failed(reading.conversationId(), "the models refuse to answer");
        } else if (studies.isAnsweredElsewhere(reading.conversationId(), Study.ROLE)) {
            studies.failed(reading.conversationId(), "the models answer others, and not this");
        } else {
            studies.postponed(reading.conversationId(), "no model answered");
        }
        meters.counter("serai.extraction", "outcome", "failed").increment();
        return reading;
    }
}
