package io.serai.slack;

import io.serai.channel.Attachments;
import io.serai.message.Attachment;
import io.serai.message.Inbound;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps the files of a message here, as far as they come while Slack waits for a yes; of the others we keep the address at Slack, which can be read
 * with the token as long as they are there.
 */
@Component("collectFiles")
class CollectFiles {

    private static final Logger log = LoggerFactory.getLogger(CollectFiles.class);
    /** Slack waits for three seconds; the message has to be stored in them, too. */
    private static final Duration IN_TIME = Duration.ofSeconds(2);

    private final Workspaces workspaces;
    private final Attachments attachments;

    CollectFiles(Workspaces workspaces, Attachments attachments) {
        this.workspaces = workspaces;
        this.attachments = attachments;
    }

    public Inbound collectFiles(Inbound inbound) {
        if (inbound.attachments().isEmpty()) {
            return inbound;
        }
        long end = System.nanoTime() + IN_TIME.toNanos();
        Workspace workspace = workspaces.get(inbound.account());
        List<Attachment> kept = inbound.attachments().stream().map(file -> keep(workspace, file, end)).toList();
        return inbound.with(kept);
    }

    private Attachment keep(Workspace workspace, Attachment file, long end) {
        Duration left = Duration.ofNanos(end - System.nanoTime());
        long most = workspace.settings().attachmentLimit().toBytes();
        if (file.place() == null || file.size() > most || left.isNegative()) {
            return file;
        }
        try {
            URI place = URI.create(file.place());
            return workspace.api().isOurs(place)
                    ? attachments.keep(file.name(), file.type(), workspace.api().fetch(place, most, left))
                    : new Attachment(file.name(), file.type(), file.size(), null);
        } catch (IOException | IllegalArgumentException notThere) {
            log.warn("A file of {} bytes in workspace {} was not fetched: {}", file.size(), workspace.name(), notThere.toString());
            return file;
        }
    }
}
