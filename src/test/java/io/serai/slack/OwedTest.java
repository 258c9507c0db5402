package io.serai.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is to be asked of a workspace, and when. */
class OwedTest {

    private final Owed owed = new Owed();

    @Test
    void isDueAsSoonAsTheHubIsConnected() {
        owed.begin();
        assertThat(owed.isDue()).isTrue();
    }

    @Test
    void waitsAsLongAsSlackWantsToAlsoOnANewConnection() {
        owed.begin();
        owed.rest(Duration.ofHours(1));
        owed.begin();
        assertThat(owed.isDue()).isFalse();
    }

    @Test
    void doesNotWaitOnANewConnectionForWhatFailed() {
        owed.begin();
        owed.postpone();
        assertThat(owed.isDue()).isFalse();
        owed.begin();
        assertThat(owed.isDue()).isTrue();
    }
}
