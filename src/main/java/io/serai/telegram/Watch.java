package io.serai.telegram;

import io.serai.channel.Accounts;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes its rounds for one bot until it is closed: waits exactly as long as it is told to, pauses a bot that is not let in, and stands by while another
 * hub has the bot.
 */
final class Watch implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Watch.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration STAND_BY = Duration.ofMillis(500);

    private final Bot bot;
    private final Round round;
    private final Accounts accounts;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean owned;
    private volatile long gotOn = System.nanoTime();
    private boolean known;
    private int failures;

    Watch(Bot bot, Round round, Accounts accounts) {
        this.bot = bot;
        this.round = round;
        this.accounts = accounts;
        this.thread = Thread.ofVirtual().name("telegram-" + bot.name()).unstarted(this);
    }

    void start(boolean ours) {
        owned = ours;
        thread.start();
    }

    Bot bot() {
        return bot;
    }

    /** Tells it whether this hub has the bot. */
    void owns(boolean ours) {
        owned = ours;
    }

    /** Whether it no longer gets on: its thread is dead or hangs somewhere. */
    boolean isStuck() {
        return !thread.isAlive() || System.nanoTime() - gotOn > bot.settings().patience().toNanos();
    }

    /** Ends it, in the middle of a poll too; what Telegram has not been told to be stored comes again. */
    void close() {
        closed.countDown();
        bot.api().hangUp();
    }

    /** Ends it wherever it hangs. */
    void abandon() {
        close();
        thread.interrupt();
    }

    void join(Duration atMost) throws InterruptedException {
        thread.join(atMost);
    }

    @Override
    public void run() {
        while (closed.getCount() > 0) {
            gotOn = System.nanoTime();
            rest(owned ? turn() : STAND_BY);
        }
    }

    private Duration turn() {
        try {
            return tryRound();
        } catch (RuntimeException failed) {
            return closed.getCount() == 0 ? Duration.ZERO : failed(failed.getMessage());
        }
    }

    private Duration tryRound() {
        try {
            if (!known) {
                bot.introduce();
                known = true;
            }
            Duration pause = round.round();
            accounts.resume(Bots.CHANNEL, bot.name());
            bot.pulse().moved();
            failures = 0;
            return pause;
        } catch (Rejected no) {
            return judge(no);
        }
    }

    private Duration judge(Rejected no) {
        if (no.isOfTheBot()) {
            known = false; // the next round begins with getMe, which costs nothing and shows whether the token works again
            bot.pulse().pause(no.getMessage());
            accounts.pause(Bots.CHANNEL, bot.name(), no.getMessage());
            return bot.settings().recheck();
        }
        if (no.code() == 429) {
            log.warn("Bot {}: the next poll is in {} s, as Telegram wishes", bot.name(), no.retryAfter().toSeconds());
            bot.pulse().failed(no.getMessage());
            return no.retryAfter();
        }
        return failed(no.code() == 409 ? "another program polls this bot with the same token (" + no.getMessage() + ")" : no.getMessage());
    }

    private Duration failed(String why) {
        Duration pause = Duration.ofMillis(250L << Math.min(failures++, 6));
        bot.pulse().failed(why);
        log.warn("Bot {}: {}", bot.name(), why);
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private void rest(Duration time) {
        gotOn = System.nanoTime() + time.toNanos(); // who waits because he was told to is not stuck
        try {
            // ends early only when it is closed
            if (closed.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                log.debug("Bot {}: the rounds end", bot.name());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
