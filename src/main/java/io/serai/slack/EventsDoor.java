package io.serai.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where Slack posts events (docs.slack.dev, "The Events API"). It wants 2xx within three seconds, and posts again up to three times; a message that
 * comes again is recognised by where and when it was said.
 */
@Hidden
@RestController
class EventsDoor {

    private static final Logger log = LoggerFactory.getLogger(EventsDoor.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Workspaces workspaces;
    private final SlackDoor door;
    private final CatchUp catchUp;
    private final Clock clock;

    EventsDoor(Workspaces workspaces, SlackDoor door, CatchUp catchUp, Clock clock) {
        this.workspaces = workspaces;
        this.door = door;
        this.catchUp = catchUp;
        this.clock = clock;
    }

    @PostMapping("/hooks/slack/events")
    ResponseEntity<String> receive(
            @RequestHeader(value = "X-Slack-Request-Timestamp", required = false) String timestamp,
            @RequestHeader(value = "X-Slack-Signature", required = false) String signature,
            @RequestBody(required = false) byte[] body) {
        byte[] content = body == null ? new byte[0] : body;
        List<Workspace> signed = signed(new Signature(timestamp, signature), content);
        if (signed.isEmpty()) {
            return ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
        }
        JsonNode payload;
        try {
            payload = JSON.readTree(content);
        } catch (IOException garbage) {
            return ResponseEntity.badRequest().build();
        }
        if (payload.path("type").asText().equals("url_verification")) {
            return ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body(payload.path("challenge").asText());
        }
        return take(signed, payload);
    }

    /** Whose secret it was signed with; workspaces that one app is installed in share theirs. */
    private List<Workspace> signed(Signature signature, byte[] body) {
        return signature.isFresh(clock.instant())
                ? workspaces.all().stream().filter(workspace -> signature.fits(workspace.settings().signingSecret(), body)).toList()
                : List.of();
    }

    private ResponseEntity<String> take(List<Workspace> signed, JsonNode payload) {
        try {
            String team = payload.path("team_id").asText();
            List<Workspace> meant = signed.size() == 1 ? signed : signed.stream().filter(workspace -> workspace.self().team().equals(team)).toList();
            if (meant.isEmpty()) {
                log.warn("Slack posted an event of a workspace that is not in serai.slack; it is left");
            } else if (payload.path("type").asText().equals("event_callback")) {
                take(meant.getFirst(), payload.path("event"));
            }
            return ResponseEntity.ok().build();
        } catch (RuntimeException failed) {
            log.warn("An event of Slack could not be taken; Slack will post it again: {}", SlackDoor.why(failed));
            signed.getFirst().pulse().failed(SlackDoor.why(failed));
            return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).header(HttpHeaders.RETRY_AFTER, "1").build();
        }
    }

    private void take(Workspace workspace, JsonNode event) {
        try {
            door.take(workspace, event);
        } catch (RuntimeException failed) {
            catchUp.owe(workspace, event); // Slack gives up sooner than an outage may end
            throw failed;
        }
    }
}
