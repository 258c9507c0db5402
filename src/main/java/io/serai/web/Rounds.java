package io.serai.web;

import jakarta.annotation.PreDestroy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Walks by the counter at every heartbeat and wakes the streams of those for whom something was laid there, in case no bell told them. One query
 * for all streams, however many there are.
 */
@Component
class Rounds {

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    private final Streams streams;
    private final History history;
    private final WebChatSettings settings;
    private final CountDownLatch over = new CountDownLatch(1);
    private Long older;
    private Long newer;

    Rounds(Streams streams, History history, WebChatSettings settings) {
        this.streams = streams;
        this.history = history;
        this.settings = settings;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        Thread.ofVirtual().name("rounds").start(() -> {
            try {
                while (!over.await(settings.heartbeat().toMillis(), TimeUnit.MILLISECONDS)) {
                    walk();
                }
            } catch (InterruptedException shutdown) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @PreDestroy
    void end() {
        over.countDown();
    }

    /** Goes back to where the round before the last ended, since items of different visitors may become visible out of their order. */
    private void walk() {
        if (streams.isEmpty()) {
            return;
        }
        try {
            long newest = history.newest();
            if (older == null) {
                streams.wakeAll(); // what lies there may have been laid since a stream was opened, and before the first round
            } else {
                history.servedAfter(older).forEach(streams::wake);
            }
            older = newer;
            newer = newest;
        } catch (DataAccessException away) {
            LOG.debug("The database is away; the next round makes up for this one", away);
        }
    }
}
