package io.serai.slack;

import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Asks Slack again and again whether a workspace lets us in, where events are posted to us: that none comes tells nothing. */
@Component
class SlackProbe {

    private static final Logger log = LoggerFactory.getLogger(SlackProbe.class);
    private static final int A_PATIENCE = 3;

    private final CatchUp catchUp;

    SlackProbe(CatchUp catchUp) {
        this.catchUp = catchUp;
    }

    /** Stays until the thread is interrupted. */
    void live(Workspace workspace) throws InterruptedException {
        Duration pause = workspace.settings().patience().dividedBy(A_PATIENCE);
        boolean well = false;
        while (true) {
            boolean before = well;
            well = ask(workspace, before);
            if (well && !before) {
                catchUp.catchUp(workspace);
            }
            boolean more = well;
            while (more) {
                more = catchUp.goOn(workspace);
            }
            Thread.sleep(pause);
        }
    }

    private static boolean ask(Workspace workspace, boolean before) {
        try {
            workspace.api().call("auth.test", Map.of());
            workspace.pulse().moved();
            return true;
        } catch (Rejected | NoAnswer failed) {
            workspace.pulse().failed(failed.getMessage());
            if (failed instanceof Rejected no && no.isOfTheAccount()) {
                workspace.pulse().pause(no.getMessage());
            }
            if (before) {
                log.warn("Workspace {}: {}", workspace.name(), failed.getMessage());
            }
            return false;
        }
    }
}
