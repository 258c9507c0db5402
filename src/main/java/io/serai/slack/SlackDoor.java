package io.serai.slack;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.serai.channel.Door;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Where events come in, pushed or by Socket Mode. Once it has taken one, what people said in it is stored. */
@Component
class SlackDoor {

    private final Door door;
    private final MeterRegistry meters;

    SlackDoor(Door door, MeterRegistry meters) {
        this.door = door;
        this.meters = meters;
    }

    /** @param event what stands in the payload; what is not a message of a person is counted and left */
    void take(Workspace workspace, JsonNode event) {
        Kind kind = Kind.of(event, workspace.self().user());
        meters.counter("serai.slack.events", "workspace", workspace.name(), "kind", kind.name().toLowerCase(Locale.ROOT)).increment();
        if (kind == Kind.MESSAGE || kind == Kind.EDIT) {
            door.receive(Workspaces.CHANNEL, new Event(workspace.name(), event));
        }
        workspace.pulse().moved();
    }

    /** What went wrong, without a word of what was said: a database quotes the row it refuses. */
    static String why(RuntimeException failed) {
        return failed instanceof Rejected || failed instanceof NoAnswer ? failed.getMessage() : failed.getClass().getSimpleName();
    }
}
