package io.serai.telegram;

import io.serai.channel.Attachments;
import io.serai.message.Attachment;
import io.serai.message.Inbound;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Fetches the files of a message that is said to us and keeps them here. What is too large, or is not to be had after three tries, stays named by its
 * place with Telegram: a file never keeps a message from being heard.
 */
@Component("fetchFiles")
class FetchFiles {

    private static final Logger log = LoggerFactory.getLogger(FetchFiles.class);
    private static final int TRIES = 3;

    private final Bots bots;
    private final Attachments attachments;

    FetchFiles(Bots bots, Attachments attachments) {
        this.bots = bots;
        this.attachments = attachments;
    }

    public Inbound fetchFiles(Inbound inbound) {
        if (!inbound.around().addressed() || inbound.around().suppressedBy() != null) {
            return inbound;
        }
        Bot bot = bots.get(inbound.account());
        return new Inbound(inbound.channel(), inbound.account(), inbound.handle(), inbound.externalId(), inbound.author(), inbound.text(),
                inbound.attachments().stream().map(file -> keep(bot, file)).toList(),
                inbound.thread(), inbound.conversation(), inbound.receivedAt(), inbound.around());
    }

    private Attachment keep(Bot bot, Attachment file) {
        long limit = bot.settings().attachmentLimit().toBytes();
        if (file.place() == null || !file.place().startsWith(Enclosed.SCHEME) || file.size() > limit || limit == 0) {
            return file;
        }
        return fetch(bot, file.place().substring(Enclosed.SCHEME.length()), limit)
                .map(bytes -> attachments.keep(file.name(), file.type(), bytes))
                .orElse(file);
    }

    private static Optional<byte[]> fetch(Bot bot, String fileId, long limit) {
        String why = "";
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            try {
                return Optional.of(bot.api().file(fileId, limit));
            } catch (Rejected no) {
                why = no.getMessage();
                break;
            } catch (Unreachable away) {
                why = away.getMessage();
            }
        }
        log.warn("Bot {}: a file is not kept, its message is: {}", bot.name(), why);
        return Optional.empty();
    }
}
