package io.serai.slack;

import io.serai.Masked;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Lets each workspace live for as long as the routes do: by a connection where there is an app-level token, else by being asked. */
@Component
class SlackWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SlackWatch.class);

    private final Workspaces workspaces;
    private final SocketMode socketMode;
    private final SlackProbe probe;
    private final List<Thread> lives = new ArrayList<>();

    SlackWatch(Workspaces workspaces, SocketMode socketMode, SlackProbe probe) {
        this.workspaces = workspaces;
        this.socketMode = socketMode;
        this.probe = probe;
    }

    @Override
    public synchronized void start() {
        workspaces.all().forEach(workspace -> lives.add(Thread.ofVirtual().name("slack " + workspace.name()).start(() -> live(workspace))));
    }

    @Override
    public synchronized void stop() {
        lives.forEach(Thread::interrupt);
        lives.clear();
    }

    @Override
    public synchronized boolean isRunning() {
        return !lives.isEmpty();
    }

    /** After the routes, and before them at the end. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 1;
    }

    private void live(Workspace workspace) {
        try {
            while (true) {
                attend(workspace);
                Thread.sleep(workspace.settings().reconnect());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever nobody thought of: a workspace that is attended to by nobody any more would be deaf until the next start. */
    private void attend(Workspace workspace) throws InterruptedException {
        try {
            if (workspace.settings().appToken() == null) {
                probe.live(workspace);
            } else {
                socketMode.live(workspace);
            }
        } catch (RuntimeException | Error failed) {
            workspace.pulse().failed(failed.getClass().getSimpleName());
            log.error("Workspace {}: nobody attends to it for {} s", workspace.name(), workspace.settings().reconnect().toSeconds(),
                    Masked.of(failed, words -> "(not told, since it may quote a token)"));
        }
    }
}
