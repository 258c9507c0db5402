package io.serai.telegram;

import io.serai.town.FakeTelegram;
import io.serai.town.LastOneOut;
import io.serai.town.Town;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The town with bots that scenes share. */
final class BotTown {

    /** What a class of scenes locks that plays here. */
    static final String LOCK = "the town of bots";

    static final FakeTelegram TELEGRAM = FakeTelegram.start();
    /** In groups it answers everything. */
    static final FakeTelegram CHATTY = FakeTelegram.start();
    static final FakeTelegram DELIVERING = FakeTelegram.start();
    static final Town TOWN = Town.with(settings());

    static {
        LastOneOut.closes(LOCK, () -> {
            TOWN.close();
            List.of(TELEGRAM, CHATTY, DELIVERING).forEach(FakeTelegram::close);
        });
    }

    private BotTown() {}

    private static Map<String, Object> settings() {
        Map<String, Object> settings = bots(Map.of("main", TELEGRAM, "chatty", CHATTY, "delivering", DELIVERING));
        settings.put("serai.telegram.main.attachment-limit", "10KB");
        settings.put("serai.telegram.chatty.groups", "always");
        settings.put("serai.telegram.main.timeout", "3s");
        settings.put("serai.telegram.delivering.timeout", "10s"); // what is sent is sent once: a machine that stands still would lose it
        return settings;
    }

    /** Bots by name, all of them quick. */
    static Map<String, Object> bots(Map<String, FakeTelegram> bots) {
        Map<String, Object> settings = new HashMap<>(Map.of("serai.deliver.retry", "300ms,300ms,300ms,300ms"));
        bots.forEach((name, telegram) ->
                Map.of("token", telegram.token(), "base-uri", telegram.url(), "poll", "1s", "timeout", "1s", "recheck", "300ms")
                        .forEach((key, value) -> settings.put("serai.telegram." + name + "." + key, value)));
        return settings;
    }
}
