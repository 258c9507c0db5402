package io.serai.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.serai.message.Reading;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Learns from what a model answered about a reading. The answer is hostile and often broken: what does not follow the schema is asked for once more,
 * then counted as failed; nothing is lost, since the next turn reads the same messages again.
 */
@Component("learn")
class Learn {

    private static final Logger log = LoggerFactory.getLogger(Learn.class);

    /** No honest answer is longer, in characters. */
    private static final int LONGEST = 60_000;

    private final Schema schema;
    private final Lessons lessons;
    private final Studies studies;
    private final ObjectMapper json;
    private final MeterRegistry meters;

    Learn(Schema schema, Lessons lessons, Studies studies, ObjectMapper json, MeterRegistry meters) {
        this.schema = schema;
        this.lessons = lessons;
        this.studies = studies;
        this.json = json;
        this.meters = meters;
    }

    /** @return the reading, faulty when the answer could not be used */
    public Reading learn(Reading reading, String answer) {
        Shape shape = schema.shape();
        String fault;
        try {
            JsonNode told = Claims.pruned(json.readTree(object(answer)));
            List<String> complaints = told.isObject() ? shape.complaints(told) : List.of("it is no JSON object");
            if (complaints.isEmpty()) {
                lessons.write(reading, told, shape, "model");
                meters.counter("serai.extraction", "outcome", reading.isFaulty() ? "repaired" : "ok").increment();
                return reading;
            }
            fault = Shape.line(complaints);
        } catch (JsonProcessingException malformed) {
            fault = "it is no JSON: " + malformed.getOriginalMessage().lines().findFirst().orElse("");
        }
        if (reading.isFaulty()) {
            studies.failed(reading.conversationId(), fault);
            meters.counter("serai.extraction", "outcome", "failed").increment();
            log.warn("Nothing was learned from conversation {} after message {}, it is tried again with the next turn: the model's answer cannot be used",
                    reading.conversationId(), reading.since());
        }
        return reading.faulty(fault);
    }

    /** Models like to wrap their JSON in prose or a fence. */
    private static String object(String answer) throws JsonProcessingException {
        String text = answer == null ? "" : answer;
        int from = text.indexOf('{');
        int to = text.lastIndexOf('}');
        return from < 0 || to < from || text.length() > LONGEST ? "\"\"" : text.substring(from, to + 1);
    }
}
