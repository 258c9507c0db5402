package io.serai.telegram;

import io.serai.channel.Alerts;
import io.serai.channel.Door;
import io.serai.channel.Shut;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Where updates come in, polled or pushed. Once it has taken one, the update is stored: as a message, or under the name of a rule. */
@Component
class UpdateDoor {

    private static final Logger log = LoggerFactory.getLogger(UpdateDoor.class);
    private static final int TRIES = 3;

    private final Door door;
    private final Unread unread;
    private final Alerts alerts;

    /** How often those were tried that failed so far; they come again or are kept as failed, so it stays small. */
    private final Map<String, Integer> tries = new ConcurrentHashMap<>();

    UpdateDoor(Door door, Unread unread, Alerts alerts) {
        this.door = door;
        this.unread = unread;
        this.alerts = alerts;
    }

    /** @throws NotNow when it is not stored and must come again */
    void take(Update update) {
        try {
            door.receive(Bots.CHANNEL, update);
        } catch (NotForUs other) {
            log.debug("Bot {}: an update is no message for us and kept under the rule {}", update.bot(), other.rule());
            keep(update, other.rule(), null);
        } catch (RuntimeException failed) {
            judge(update, failed);
        }
        tries.remove(key(update));
    }

    /** Takes what could not be accepted earlier, as under an older version; throws when it cannot even be tried now. */
    void takeAgain(String bot) {
        for (Update update : unread.failed(bot)) {
            try {
                door.receive(Bots.CHANNEL, update);
                unread.settle(update);
            } catch (RuntimeException still) {
                if (isAway(still)) {
                    throw still;
                }
                alerts.raise("Bot %s: an update that is kept in telegram_update still cannot be accepted: %s".formatted(bot, tell(still)));
            }
        }
    }

    /** What never can be accepted must not keep those behind it waiting; what cannot be now, while something is away, must. */
    private void judge(Update update, RuntimeException failed) {
        if (isAway(failed) || tries.merge(key(update), 1, Integer::sum) < TRIES) {
            throw new NotNow("an update cannot be stored now: " + tell(failed), failed);
        }
        keep(update, Unread.FAILED, tell(failed));
        alerts.raise("Bot %s: an update could not be accepted in %d tries and is kept in telegram_update; the next start tries it again: %s"
                .formatted(update.bot(), TRIES, tell(failed)));
    }

    private void keep(Update update, String rule, String reason) {
        try {
            unread.keep(update, rule, reason);
        } catch (RuntimeException away) {
            throw new NotNow("an update cannot be kept now: " + tell(away), away);
        }
    }

    private static String key(Update update) {
        return update.bot() + " " + update.id();
    }

    /** The first line of what was at the bottom of it; the SQL around it tells nobody anything. */
    private static String tell(Throwable failure) {
        Throwable root = Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(30).reduce(failure, (one, next) -> next);
        return root.getClass().getSimpleName() + ": " + String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    }

    private static boolean isAway(Throwable failure) {
        return Shut.isBehind(failure) || Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(30)
                .anyMatch(cause -> cause instanceof Unreachable || cause instanceof Rejected);
    }
}
