package io.serai.slack;

import io.serai.slack.Socket.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Keeps a connection to each workspace that has an app-level token, for as long as the hub runs. Several hubs may have one each: Slack gives every
 * event to one of them.
 */
@Component
class SocketMode implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SocketMode.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Set<String> SHUT_OUT = Set.of("invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive",
            "not_allowed_token_type", "missing_scope", "no_permission", "http_401");

    private final Workspaces workspaces;
    private final Door door;
    private final CatchUp catchUp;
    private final List<Thread> threads = new ArrayList<>();

    private volatile boolean running;

    SocketMode(Workspaces workspaces, Door door, CatchUp catchUp) {
        this.workspaces = workspaces;
        this.door = door;
        this.catchUp = catchUp;
    }

    @Override
    public void start() {
        running = true;
        workspaces.all().forEach(workspace -> {
            Runnable life = workspace.settings().appToken() == null ? () -> catchUp.catchUp(workspace) : () -> live(workspace);
            threads.add(Thread.ofVirtual().name("slack " + workspace.name()).start(life));
        });
    }

    @Override
    public void stop() {
        running = false;
        threads.forEach(Thread::interrupt);
        threads.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Doors open last and close first: after the routes, before them. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 1;
    }

    private void live(Workspace workspace) {
        Duration pause = FIRST_PAUSE;
        try {
            while (running) {
                boolean refresh = connect(workspace);
                pause = refresh ? FIRST_PAUSE : longer(pause, workspace);
                if (!refresh) {
                    Thread.sleep(pause.plusMillis((long) (Math.random() * pause.toMillis() / 2)));
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether the next connection should be made at once */
    private boolean connect(Workspace workspace) throws InterruptedException {
        Socket socket = null;
        try {
            socket = Socket.open(workspace, door);
            log.info("Workspace {}: connected by Socket Mode", workspace.name());
            Thread.ofVirtual().name("slack " + workspace.name() + " catch-up").start(() -> catchUp.catchUp(workspace));
            End end = socket.listen();
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
        if (SHUT_OUT.contains(no.error())) {
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
