package io.serai.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Telegram for the updates of one bot and takes them in. The next question, which lets Telegram forget them, names an offset behind them only when
 * all are stored (Bot API, getUpdates).
 */
final class Poll implements Round {

    private static final Logger log = LoggerFactory.getLogger(Poll.class);

    /** Chats whose updates are taken at once; those of one chat are taken one by one. */
    private static final int AT_ONCE = 8;

    private static final int MOST = 100;

    private final Bot bot;
    private final UpdateDoor door;

    /** The first update that Telegram has not been told we have; 0 when it knows of all. */
    private long offset;

    Poll(Bot bot, UpdateDoor door) {
        this.bot = bot;
        this.door = door;
    }

    @Override
    public Duration round() {
        List<Update> updates;
        try {
            updates = ask();
        } catch (Rejected no) {
            if (no.code() == 409 && no.says("webhook")) {
                log.warn("Bot {}: a webhook was set; it is deleted, since serai.telegram.{}.mode is polling", bot.name(), bot.name());
                bot.api().call("deleteWebhook", Map.of("drop_pending_updates", false));
                return Duration.ZERO;
            }
            throw no;
        }
        take(updates);
        // Once Telegram knows that we have all, no offset is named: after a week of silence it may number from anywhere (Bot API, Update).
        offset = updates.isEmpty() ? 0 : Math.max(offset, updates.getLast().id() + 1);
        return updates.stream().allMatch(update -> update.id() == 0) && !updates.isEmpty() ? Duration.ofSeconds(1) : Duration.ZERO;
    }

    private List<Update> ask() {
        Duration wait = bot.settings().poll();
        Map<String, Object> question = new HashMap<>(Map.of("timeout", wait.toSeconds(), "limit", MOST, "allowed_updates", List.of()));
        if (offset != 0) {
            question.put("offset", offset);
        }
        JsonNode answer = bot.api().call(BotApi.POLL, question, wait);
        if (!answer.isArray()) {
            throw new Unreachable("getUpdates was answered with no list", false);
        }
        List<Update> updates = new ArrayList<>();
        answer.forEach(update -> updates.add(new Update(bot.name(), update)));
        updates.sort(Comparator.comparingLong(Update::id));
        return updates;
    }

    /** All of them, whatever becomes of some; throws the first failure in the end. */
    private void take(List<Update> updates) {
        Map<String, String> former = former(updates);
        Map<String, List<Update>> chats = updates.stream().collect(
                Collectors.groupingBy(update -> former.getOrDefault(update.chat(), update.chat()), LinkedHashMap::new, Collectors.toList()));
        if (chats.size() <= 1) {
            updates.forEach(door::take);
            return;
        }
        try (ExecutorService hands = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<Future<?>> all = new ArrayList<>();
            chats.values().forEach(some -> all.add(hands.submit(() -> some.forEach(door::take))));
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new NotNow("updates were given up, since the hub stops", stopped);
        }
    }

    /** Of groups that grew, what they were: who is first heard as the new one would be a stranger. */
    private static Map<String, String> former(List<Update> updates) {
        Map<String, String> former = new HashMap<>();
        for (Update update : updates) {
            update.laterChat().ifPresent(later -> former.put(later, update.chat()));
            update.formerChat().ifPresent(earlier -> former.put(update.chat(), earlier));
        }
        return former;
    }
}
