package io.serai.telegram;

import io.serai.channel.Attachments;
import io.serai.message.Attachment;
import io.serai.message.Inbound;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Fetches the files of a message that is said to us and keeps them here. What is too large, or is not to be had in three tries and in time, stays named
 * by its place with Telegram: a file never keeps a message from being heard, nor for long those that wait behind it.
 */
@Component("fetchFiles")
class FetchFiles {

    private static final Logger log = LoggerFactory.getLogger(FetchFiles.class);
    private static final int TRIES = 3;
    private static final Duration A_WHILE = Duration.ofMinutes(1);

    private final Bots bots;
    private final Attachments attachments;
    /** When files of a bot did not come in time last. */
    private final Map<String, Long> late = new ConcurrentHashMap<>();

    FetchFiles(Bots bots, Attachments attachments) {
        this.bots = bots;
        this.attachments = attachments;
    }

    public Inbound fetchFiles(Inbound inbound) {
        if (!inbound.around().addressed() || inbound.around().suppressedBy() != null) {
            return inbound;
        }
        Bot bot = bots.get(inbound.account());
        return inbound.with(keep(bot, inbound.attachments()));
    }

    /** All files of a message in one time. While none come they are hardly waited for: of an album each file is a message, and many may wait behind it. */
    private List<Attachment> keep(Bot bot, List<Attachment> files) {
        Long last = late.get(bot.name());
        boolean stalls = last != null && System.nanoTime() - last < A_WHILE.toNanos();
        Duration time = stalls ? bot.settings().timeout().dividedBy(10) : bot.settings().timeout().multipliedBy(2);
        long end = System.nanoTime() + time.toNanos();
        List<Attachment> kept = files.stream().map(file -> keep(bot, file, end)).toList();
        if (!stalls && System.nanoTime() - end >= 0) { // who had little time says nothing of how quick they are
            late.put(bot.name(), System.nanoTime());
        }
        return kept;
    }

    private Attachment keep(Bot bot, Attachment file, long end) {
        long limit = bot.settings().attachmentLimit().toBytes();
        if (file.place() == null || !file.place().startsWith(Enclosed.SCHEME) || file.size() > limit || limit == 0) {
            return file;
        }
        return fetch(bot, file.place().substring(Enclosed.SCHEME.length()), limit, end)
                .map(bytes -> attachments.keep(file.name(), file.type(), bytes))
                .orElse(file);
    }

    private Optional<byte[]> fetch(Bot bot, String fileId, long limit, long end) {
        String why = "no time was left for it";
        Duration left = Duration.ofNanos(end - System.nanoTime());
        for (int attempt = 1; attempt <= TRIES && left.isPositive(); attempt++) {
            try {
                byte[] bytes = bot.api().file(fileId, limit, left);
                late.remove(bot.name());
                return Optional.of(bytes);
            } catch (Rejected no) {
                why = no.getMessage();
                break;
            } catch (Unreachable away) {
                why = away.getMessage();
            }
            left = Duration.ofNanos(end - System.nanoTime());
        }
        log.warn("Bot {}: a file is not kept, its message is: {}", bot.name(), why);
        return Optional.empty();
    }
}
