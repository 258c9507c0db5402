package io.serai.telegram;

import io.serai.message.Address;
import io.serai.message.Turn;
import io.serai.think.Audience;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Shows "typing" in a talk of two from when the model is asked until the answer is sent, or two minutes. It hears no token, and nothing waits for it. */
@Component
class Typing implements Audience {

    private static final Logger log = LoggerFactory.getLogger(Typing.class);

    /** Telegram shows it for 5 seconds (Bot API, sendChatAction). */
    private static final Duration SHOWN = Duration.ofMillis(4_500);

    private static final int LONGEST = 27;

    private final Bots bots;
    private final Map<Long, CountDownLatch> shown = new ConcurrentHashMap<>();

    Typing(Bots bots) {
        this.bots = bots;
    }

    /** Asked once, before the model is. */
    @Override
    public boolean listens(Turn turn) {
        Address address = turn.address();
        if (address.channel().equals(Bots.CHANNEL) && !address.handle().startsWith("-")) {
            bots.find(address.account()).ifPresent(bot -> begin(bot, address));
        }
        return false;
    }

    private void begin(Bot bot, Address address) {
        var answered = new CountDownLatch(1);
        CountDownLatch before = shown.put(address.id(), answered);
        if (before != null) {
            before.countDown();
        }
        Thread.ofVirtual().name("telegram-typing").start(() -> {
            show(bot, address, answered);
            shown.remove(address.id(), answered);
        });
    }

    private static void show(Bot bot, Address address, CountDownLatch answered) {
        try {
            int times = 0;
            do {
                bot.api().call("sendChatAction", Map.of("chat_id", address.handle(), "action", "typing"));
            } while (++times < LONGEST && !answered.await(SHOWN.toMillis(), TimeUnit.MILLISECONDS));
        } catch (Rejected | Unreachable no) {
            log.debug("Bot {} shows no typing: {}", bot.name(), no.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** The answer is there. */
    void end(Address address) {
        CountDownLatch answered = shown.get(address.id());
        if (answered != null) {
            answered.countDown();
        }
    }

    @Override
    public void starts(Turn turn) {
        throw new IllegalStateException("it does not listen");
    }

    @Override
    public void hears(Turn turn, String token) {
        throw new IllegalStateException("it does not listen");
    }
}
