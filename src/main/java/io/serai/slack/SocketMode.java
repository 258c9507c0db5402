package io.serai.slack;

import io.serai.slack.Socket.End;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Keeps a connection to a workspace. Several hubs may have one each: Slack gives every event to one of them. */
@Component
class SocketMode {

    private static final Logger log = LoggerFactory.getLogger(SocketMode.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    /** A connection that lasted so long was a good one; what breaks sooner is tried again ever later. */
    private static final Duration STOOD = Duration.ofSeconds(5);

    private final SlackDoor door;
    private final CatchUp catchUp;

    SocketMode(SlackDoor door, CatchUp catchUp) {
        this.door = door;
        this.catchUp = catchUp;
    }

    /** Stays until the thread is interrupted. */
    void live(Workspace workspace) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (true) {
            long began = System.nanoTime();
            boolean refresh = connect(workspace);
            boolean stood = System.nanoTime() - began > STOOD.toNanos();
            pause = stood ? FIRST_PAUSE : longer(pause, workspace);
            if (!refresh || !stood) {
                Thread.sleep(pause.plusMillis((long) (Math.random() * pause.toMillis() / 2)));
            }
        }
    }

    /** @return whether the next connection should be made at once */
    private boolean connect(Workspace workspace) throws InterruptedException {
        Socket socket = null;
        try {
            socket = Socket.open(workspace, door, catchUp);
            log.info("Workspace {}: connected by Socket Mode", workspace.name());
            catchUp.catchUp(workspace); // first, so that it stands in the transcript before what is said now
            End end = socket.listen(() -> catchUp.goOn(workspace));
            if (end == End.DISABLED) {
                workspace.pulse().pause("Socket Mode is turned off for the app: turn it on at api.slack.com/apps, or remove the app-token");
            }
            return end == End.REFRESH;
        } catch (Rejected no) {
            tell(workspace, no);
            return false;
        } catch (NoAnswer silent) {
            workspace.pulse().failed(silent.getMessage());
            log.warn("Workspace {}: {}", workspace.name(), silent.getMessage());
            return false;
        } finally {
            if (socket != null) {
                socket.close();
            }
        }
    }

    private void tell(Workspace workspace, Rejected no) {
        if (no.isOfTheAccount()) {
            workspace.pulse().pause(no.getMessage() + ": the app-token needs the scope connections:write");
        } else {
            workspace.pulse().failed(no.getMessage());
        }
        log.warn("Workspace {}: {}", workspace.name(), no.getMessage());
    }

    private static Duration longer(Duration pause, Workspace workspace) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(workspace.settings().reconnect()) < 0 ? twice : workspace.settings().reconnect();
    }
}
