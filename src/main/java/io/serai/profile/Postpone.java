package io.serai.profile;

import io.micrometer.core.instrument.MeterRegistry;
import io.serai.message.Reading;
import org.springframework.stereotype.Component;

/** Leaves a reading for the next turn, because no model answered. */
@Component("postpone")
class Postpone {

    private final Studies studies;
    private final MeterRegistry meters;

    Postpone(Studies studies, MeterRegistry meters) {
        this.studies = studies;
        this.meters = meters;
    }

    public Reading postpone(Reading reading) {
        studies.failed(reading.conversationId(), "no model answered");
        meters.counter("serai.extraction", "outcome", "failed").increment();
        return reading;
    }
}
