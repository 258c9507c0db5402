package io.serai.profile;

import io.micrometer.core.instrument.MeterRegistry;
import io.serai.message.Reading;
import io.serai.message.Refused;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Leaves a reading for the next turn, because no model answered. Only what no model will ever answer counts against the messages: they do not become
 * less worth reading by an outage.
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
        } else {
            studies.postponed(reading.conversationId(), "no model answered");
        }
        meters.counter("serai.extraction", "outcome", "failed").increment();
        return reading;
    }
}
