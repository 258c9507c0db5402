package io.serai.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serai.database.Absence;
import io.serai.slack.Owed.Place;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Asks for what was said while we did not hear, or could not store it: Slack gives up on an event after a few minutes. Looks where somebody wrote in the last days, from the
 * last message we have there; into threads only where something in them could not be stored. What we have already is recognised. One place does not keep the others waiting:
 * where Slack says no it is skipped, and what fails for now is asked again later.
 */
@Component
class CatchUp {

    private static final Logger log = LoggerFactory.getLogger(CatchUp.class);

    private static final Pattern TIMESTAMP = Pattern.compile("\\d{1,12}\\.\\d{1,9}");
    /** Slack tells what came after the last that we have. */
    private static final BigDecimal A_MOMENT = new BigDecimal("0.000001");

    private final JdbcClient jdbc;
    private final SlackDoor door;
    private final Map<String, Owed> owed = new ConcurrentHashMap<>();

    CatchUp(JdbcClient jdbc, SlackDoor door) {
        this.jdbc = jdbc;
        this.door = door;
    }

    /** Begins, and goes on for as long as who speaks now may be kept waiting. */
    void catchUp(Workspace workspace) {
        owed(workspace).begin();
        long end = System.nanoTime() + workspace.settings().patience().dividedBy(2).toNanos();
        boolean more = true;
        while (more && System.nanoTime() - end < 0) {
            more = goOn(workspace);
        }
    }

    /** What was said there could not be stored: it is asked for as well, whether or not Slack tells of it again. */
    void owe(Workspace workspace, JsonNode event) {
        boolean edit = event.path("subtype").asText().equals("message_changed");
        JsonNode message = edit ? event.path("message") : event;
        String channel = event.path("channel").asText();
        String ts = message.path("ts").asText();
        if (!channel.isEmpty() && TIMESTAMP.matcher(ts).matches()) {
            String root = message.path("thread_ts").asText(ts);
            // what was edited may be old: as a thread of one it does not widen the question for its channel
            String thread = edit || !root.equals(ts) ? root : null;
            owed(workspace).add(new Place(channel, thread, new BigDecimal(ts).subtract(A_MOMENT).max(BigDecimal.ZERO).toPlainString()));
        }
    }

    /**
     * Asks for one place, if one is owed and it is time.
     *
     * @return whether another may be asked at once
     */
    boolean goOn(Workspace workspace) {
        Owed owed = owed(workspace);
        if (!owed.isDue()) {
            return false;
        }
        if (owed.isListed()) {
            ask(workspace, owed, owed.next());
        } else {
            list(workspace, owed);
        }
        if (owed.recovers()) {
            log.info("Workspace {}: what was said meanwhile is asked for now", workspace.name());
        }
        return owed.isDue();
    }

    private Owed owed(Workspace workspace) {
        return owed.computeIfAbsent(workspace.name(), first -> new Owed());
    }

    private void list(Workspace workspace, Owed owed) {
        try {
            owed.list(places(workspace));
        } catch (RuntimeException failed) {
            owed.postpone();
            tell(workspace, owed, "where something was said", failed);
        }
    }

    private void ask(Workspace workspace, Owed owed, Place place) {
        try {
            take(workspace, missed(workspace, place));
            owed.settle(place);
        } catch (Rejected no) {
            if (no.isTooSoon()) {
                owed.rest(no.retryAfter());
            } else if (no.mayPass()) {
                postpone(workspace, owed, place, no);
            } else if (owed.refuse(place)) {
                log.atLevel(no.isOfThePlace() ? Level.INFO : Level.WARN).log("Workspace {}: what was said in {} meanwhile is not told: {}",
                        workspace.name(), place.channel(), no.getMessage());
            }
        } catch (RuntimeException failed) {
            if (Absence.isBehind(failed)) {
                owed.postpone(); // that says nothing about the place
                tell(workspace, owed, "what was said in " + place.channel(), failed);
            } else {
                postpone(workspace, owed, place, failed);
            }
        }
    }

    private static void postpone(Workspace workspace, Owed owed, Place place, RuntimeException failed) {
        if (owed.postpone(place)) {
            tell(workspace, owed, "what was said in " + place.channel(), failed);
        } else {
            log.warn("Workspace {}: what was said in {} since {} is given up: {}", workspace.name(), place.channel(), place.last(), SlackDoor.why(failed));
        }
    }

    /** Once, until all is asked for. */
    private static void tell(Workspace workspace, Owed owed, String what, RuntimeException failed) {
        if (owed.fails()) {
            log.warn("Workspace {}: {} meanwhile could not be asked for, or not stored; it is tried again: {}", workspace.name(), what,
                    SlackDoor.why(failed));
        }
    }

    /** Takes them all; one that cannot be stored for a reason of its own does not keep the others out. */
    private void take(Workspace workspace, List<JsonNode> events) {
        RuntimeException first = null;
        for (JsonNode event : events) {
            try {
                door.take(workspace, event);
            } catch (RuntimeException failed) {
                if (failed instanceof NoAnswer || failed instanceof Rejected || Absence.isBehind(failed)) {
                    throw failed;
                }
                first = first == null ? failed : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** By the messages of Slack: what hooks and timers write to a place has ids of another kind. */
    private List<Place> places(Workspace workspace) {
        return jdbc.sql("""
                select handle as channel, null::text as thread, max(split_part(external_id, ':', 2)::numeric)::text as last
                from address join message on message.address_id = address.id and role = 'user'
                where address.channel = :slack and address.account = :workspace and message.stored_at > now() - interval '7 days'
                  and external_id ~ '^[^:]+:[0-9]{1,12}[.][0-9]{1,9}(:|$)'
                group by handle
                order by max(stored_at) desc
                limit 100
                """)
                .param("slack", Workspaces.CHANNEL)
                .param("workspace", workspace.name())
                .query(Place.class)
                .list();
    }

    /** Oldest first, as events would have come. */
    private static List<JsonNode> missed(Workspace workspace, Place place) {
        Map<String, String> question = new HashMap<>(Map.of("channel", place.channel(), "oldest", place.last(), "limit", "200"));
        if (place.thread() != null) {
            question.put("ts", place.thread());
        }
        JsonNode answer = workspace.api().call(place.thread() == null ? "conversations.history" : "conversations.replies", question);
        return StreamSupport.stream(answer.path("messages").spliterator(), false)
                .filter(message -> said(message).compareTo(place.since()) > 0) // of a thread, its first message is always told
                .sorted(Comparator.comparing(CatchUp::said))
                .flatMap(message -> events(place.channel(), (ObjectNode) message))
                .toList();
    }

    private static BigDecimal said(JsonNode message) {
        String ts = message.path("ts").asText();
        return TIMESTAMP.matcher(ts).matches() ? new BigDecimal(ts) : BigDecimal.ZERO;
    }

    /** What is told is the last wording; of a message that we have in an earlier one it comes as an edit too. */
    private static Stream<JsonNode> events(String channel, ObjectNode message) {
        ObjectNode event = in(channel, message);
        return message.hasNonNull("edited")
                ? Stream.of(event, in(channel, message.objectNode().put("type", "message").put("subtype", "message_changed")).set("message", message.deepCopy()))
                : Stream.of(event);
    }

    private static ObjectNode in(String channel, ObjectNode event) {
        return event.put("channel", channel).put("channel_type", channel.startsWith("D") ? "im" : "channel");
    }
}
