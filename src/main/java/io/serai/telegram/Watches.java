package io.serai.telegram;

import io.micrometer.core.instrument.MeterRegistry;
import io.serai.channel.Accounts;
import io.serai.channel.Ownership;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Has a watch for every bot, keeps what only one hub may have, and starts a watch anew that does not get on. */
@Component
class Watches implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Watches.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(3);
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final Bots bots;
    private final UpdateDoor door;
    private final Ownership ownership;
    private final Accounts accounts;
    private final MeterRegistry meters;
    private final Clock clock;
    private final List<Watch> watches = new ArrayList<>();
    private CountDownLatch closed;
    private Thread heart;

    Watches(Bots bots, UpdateDoor door, Ownership ownership, Accounts accounts, MeterRegistry meters, Clock clock) {
        this.bots = bots;
        this.door = door;
        this.ownership = ownership;
        this.accounts = accounts;
        this.meters = meters;
        this.clock = clock;
    }

    /** Not before the routes run. */
    @EventListener(ApplicationReadyEvent.class)
    void open() {
        bots.all().forEach(bot -> watches.add(begin(bot, owns(bot))));
        closed = new CountDownLatch(1);
        heart = Thread.ofVirtual().name("telegram-watches").start(this::beat);
    }

    private Watch begin(Bot bot, boolean ours) {
        boolean polls = bot.settings().mode() == TelegramSettings.Mode.POLLING;
        Watch watch = new Watch(bot, polls ? new Poll(bot, door) : new Webhook(bot, clock), accounts);
        watch.start(ours);
        return watch;
    }

    private void beat() {
        boolean fresh = true;
        try {
            do {
                watches.replaceAll(this::lookAfter);
                fresh = fresh && !takeAgain();
            } while (!closed.await(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** What failed under an earlier start may do now. */
    private boolean takeAgain() {
        try {
            bots.all().forEach(bot -> door.takeAgain(bot.name()));
            return true;
        } catch (RuntimeException away) {
            log.warn("What could not be accepted earlier is tried again in a moment: {}", away.getMessage());
            return false;
        }
    }

    private Watch lookAfter(Watch watch) {
        Bot bot = watch.bot();
        boolean ours = owns(bot);
        watch.owns(ours);
        if (!watch.isStuck()) {
            return watch;
        }
        log.warn("Bot {} has not got on for {} s; its watch starts anew", bot.name(), bot.settings().patience().toSeconds());
        meters.counter("serai.channel.restarts", "channel", Bots.CHANNEL, "account", bot.name()).increment();
        watch.abandon();
        return begin(bot, ours);
    }

    /** While the database does not answer nobody can accept anything, so nobody polls. */
    private boolean owns(Bot bot) {
        try {
            boolean ours = ownership.hold(name(bot), LEASE);
            if (!ours) {
                bot.pulse().moved(); // in another hub
            }
            return ours;
        } catch (RuntimeException away) {
            bot.pulse().failed("the database does not say which hub has this bot: " + away.getMessage());
            return false;
        }
    }

    private static String name(Bot bot) {
        return Bots.CHANNEL + "/" + bot.id();
    }

    @Override
    public void start() {
        log.debug("The watches begin when the hub is ready");
    }

    @Override
    public void stop() {
        closed.countDown();
        try {
            heart.join();
            watches.forEach(Watch::close);
            for (Watch watch : watches) {
                watch.join(FAREWELL);
                ownership.release(name(watch.bot()));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        heart = null;
    }

    @Override
    public boolean isRunning() {
        return heart != null;
    }

    /** Stops before the routes do. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
