package io.serai.route;

import io.serai.WrongSetting;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Looks at the folder three times a second. What has come to rest and is right goes live at once; what is not right is given a moment
 * more, since somebody may still be writing it. Sees former versions of routes off, too.
 */
@Component
class Watch implements SmartLifecycle {

    /** {@code serai.reload}. */
    enum Mode {
        WATCH, MANUAL, OFF;

        /** To YAML a bare off is the truth value. */
        static Mode of(String word) {
            return switch (word.strip().toLowerCase(Locale.ROOT)) {
                case "watch" -> WATCH;
                case "manual" -> MANUAL;
                case "off", "false" -> OFF;
                default -> throw new WrongSetting("serai.reload is watch, manual or off");
            };
        }
    }

    private static final Logger log = LoggerFactory.getLogger(Watch.class);
    private static final Duration LOOK = Duration.ofMillis(300);
    private static final Duration REST = Duration.ofMillis(60);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMillis(600);

    private final Reload reload;
    private final Mode mode;
    private CountDownLatch stopped = new CountDownLatch(1);
    private Thread watcher;

    Watch(Reload reload, @Value("${serai.reload:watch}") String mode) {
        this.reload = reload;
        this.mode = Mode.of(mode);
    }

    @Override
    public void start() {
        stopped = new CountDownLatch(1);
        watcher = Thread.ofPlatform().name("reload").daemon().start(this::watch);
    }

    @Override
    public void stop() {
        stopped.countDown();
        try {
            watcher.join(Duration.ofSeconds(5));
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        reload.end();
    }

    @Override
    public boolean isRunning() {
        return watcher != null && watcher.isAlive();
    }

    Mode mode() {
        return mode;
    }

    private void watch() {
        while (!pause(LOOK)) {
            if (!reload.isOpen()) {
                continue;
            }
            try {
                reload.lookAtLeaving();
                FileSet files = mode == Mode.WATCH ? reload.glance() : null;
                if (files != null && reload.isNews(files)) {
                    settle(files);
                }
            } catch (SetRefused told) {
                log.debug("Refused", told);
            } catch (Throwable unexpected) { // an error, too, is of this look alone: nobody else would look again
                log.error("The folder could not be looked at; next in {} s", AFTER_TROUBLE.toSeconds(), unexpected);
                pause(AFTER_TROUBLE);
            }
        }
    }

    private void settle(FileSet first) {
        FileSet files = rest(first, REST);
        long begun = System.nanoTime();
        Rehearsal.Verdict verdict = reload.judge(files);
        if (!verdict.faults().isEmpty()) {
            FileSet later = rest(files, PATIENCE);
            verdict = later.equals(files) ? verdict : reload.judge(later);
        }
        reload.applyIfStill(verdict, begun, "folder");
    }

    /** Waits until the folder has not changed for a while. */
    private FileSet rest(FileSet first, Duration quiet) {
        FileSet files = first;
        while (!pause(quiet)) {
            FileSet now = reload.read();
            if (now.equals(files)) {
                return files;
            }
            files = now;
        }
        return files;
    }

    private boolean pause(Duration time) {
        try {
            return stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
