package io.serai.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Asks for what was said while we did not hear: Slack gives up on an event after a few minutes. Looks where somebody wrote in the last days, from the
 * last message we have there; threads of channels are not looked into. What we have already is recognised.
 */
@Component
class CatchUp {

    private static final Logger log = LoggerFactory.getLogger(CatchUp.class);

    private record Place(String channel, String last) {}

    private final JdbcClient jdbc;
    private final SlackDoor door;

    CatchUp(JdbcClient jdbc, SlackDoor door) {
        this.jdbc = jdbc;
        this.door = door;
    }

    void catchUp(Workspace workspace) {
        try {
            for (Place place : places(workspace)) {
                missed(workspace, place).forEach(event -> door.take(workspace, event));
            }
        } catch (RuntimeException failed) {
            log.warn("Workspace {}: what was said meanwhile could not be asked for: {}", workspace.name(), SlackDoor.why(failed));
        }
    }

    private List<Place> places(Workspace workspace) {
        return jdbc.sql("""
                select handle as channel, split_part(split_part(max(external_id), ':', 2), ':', 1) as last
                from address join message on message.address_id = address.id and role = 'user'
                where address.channel = :slack and address.account = :workspace and message.stored_at > now() - interval '7 days'
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
        JsonNode answer = workspace.api().call("conversations.history",
                Map.of("channel", place.channel(), "oldest", place.last(), "limit", "200"));
        List<JsonNode> events = new ArrayList<>();
        for (JsonNode message : answer.path("messages")) {
            events.addFirst(((ObjectNode) message)
                    .put("channel", place.channel())
                    .put("channel_type", place.channel().startsWith("D") ? "im" : "channel"));
        }
        return events;
    }
}
