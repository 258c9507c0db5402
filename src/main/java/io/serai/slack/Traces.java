package io.serai.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serai.message.Parcel;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds out at Slack what became of a parcel, by the mark it carries (docs.slack.dev, "Message metadata"). */
@Component
class Traces {

    private static final String TYPE = "serai_parcel";
    private static final int PAGES = 20;

    private final JdbcClient jdbc;

    Traces(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a message of ours carries, unseen by people: which parcel it is. */
    static String mark(Parcel parcel) {
        ObjectNode mark = JsonNodeFactory.instance.objectNode().put("event_type", TYPE);
        mark.putObject("event_payload").put("parcel", String.valueOf(parcel.id()));
        return mark.toString();
    }

    /** When it was posted, if it was; looks through all that was said in its place since it was made. */
    Optional<String> find(Workspace workspace, Parcel parcel) {
        Map<String, String> question = new HashMap<>(Map.of(
                "channel", parcel.to().handle(), "oldest", since(parcel), "limit", "200", "include_all_metadata", "true"));
        if (parcel.thread() != null) {
            question.put("ts", parcel.thread());
        }
        String method = parcel.thread() == null ? "conversations.history" : "conversations.replies";
        for (int page = 0; page < PAGES; page++) {
            JsonNode answer = workspace.api().call(method, question);
            for (JsonNode message : answer.path("messages")) {
                JsonNode mark = message.path("metadata");
                if (TYPE.equals(mark.path("event_type").asText()) && mark.at("/event_payload/parcel").asText().equals(String.valueOf(parcel.id()))) {
                    return Optional.of(message.path("ts").asText());
                }
            }
            String next = answer.at("/response_metadata/next_cursor").asText();
            if (next.isEmpty()) {
                return Optional.empty();
            }
            question.put("cursor", next);
        }
        throw new Rejected(method, "too_much_was_said_since", null);
    }

    /** A minute earlier, as clocks go. */
    private String since(Parcel parcel) {
        OffsetDateTime made = jdbc.sql("select created_at from parcel where id = :id").param("id", parcel.id()).query(OffsetDateTime.class).single();
        return made.minusMinutes(1).toEpochSecond() + ".000000";
    }
}
