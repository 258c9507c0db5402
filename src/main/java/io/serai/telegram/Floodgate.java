package io.serai.telegram;

import io.serai.message.Later;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * When a chat may be written to again: after a 429, when Telegram said; a group, 20 times a minute (Bots FAQ, "My bot is hitting limits"). A second
 * chat that is turned away while the first is closed shows that the whole bot is meant. What is common to all chats stands in
 * {@code routes/deliver/telegram.yaml}. Each hub learns for itself.
 */
@Component
class Floodgate {

    private static final int GROUP_LIMIT = 20;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Until when, in System.nanoTime; a whole bot is the chat without a handle. */
    private final Map<Chat, Long> closed = new HashMap<>();

    private final Map<Chat, Deque<Long>> sent = new HashMap<>();

    private record Chat(String bot, String handle) {}

    /** @throws Later when this chat must not be written to now, which uses up no attempt */
    synchronized void enter(String bot, String handle) {
        long now = System.nanoTime();
        long whole = left(new Chat(bot, ""), now);
        if (whole > 0) {
            throw new Later("bot " + bot + " has to wait", Duration.ofNanos(whole), false, null);
        }
        wait(left(new Chat(bot, handle), now), "the chat has to wait");
        if (handle.startsWith("-")) {
            wait(share(new Chat(bot, handle), now), "the group has had its " + GROUP_LIMIT + " messages of this minute");
        }
    }

    private static void wait(long nanos, String why) {
        if (nanos > 0) {
            throw Later.here(why, Duration.ofNanos(nanos), null);
        }
    }

    /**
     * Turned away: nothing goes there before this time has passed.
     *
     * @return whether the whole bot is meant
     */
    synchronized boolean close(String bot, String handle, Duration time) {
        long now = System.nanoTime();
        closed.values().removeIf(until -> until - now <= 0);
        boolean another = closed.keySet().stream().anyMatch(chat -> chat.bot().equals(bot) && !chat.handle().equals(handle));
        closed.put(new Chat(bot, another ? "" : handle), now + time.toNanos());
        return another;
    }

    private long left(Chat chat, long now) {
        Long until = closed.get(chat);
        return until == null ? 0 : until - now;
    }

    /** Takes one of the group's messages of this minute, or tells how long until there is one. */
    private long share(Chat chat, long now) {
        sent.values().removeIf(times -> now - times.getLast() >= MINUTE.toNanos());
        Deque<Long> times = sent.computeIfAbsent(chat, fresh -> new ArrayDeque<>());
        while (!times.isEmpty() && now - times.getFirst() >= MINUTE.toNanos()) {
            times.removeFirst();
        }
        if (times.size() >= GROUP_LIMIT) {
            return times.getFirst() + MINUTE.toNanos() - now;
        }
        times.addLast(now);
        return 0;
    }
}
