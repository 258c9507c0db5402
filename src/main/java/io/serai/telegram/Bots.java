package io.serai.telegram;

import io.serai.WrongSetting;
import io.serai.channel.Pulses;
import java.util.Collection;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** The bots that are on. */
@Component
class Bots {

    /** The channel in addresses and messages. */
    static final String CHANNEL = "telegram";

    private final Map<String, Bot> bots = new TreeMap<>();

    Bots(TelegramSettings settings, Pulses pulses) {
        settings.telegram().forEach((name, account) -> {
            if (account.token() != null) {
                check(name, account);
                Bot bot = new Bot(name, account, pulses.watch(CHANNEL, name, account.patience()));
                bots.values().stream().filter(other -> other.id() == bot.id()).findFirst().ifPresent(twin -> {
                    throw new WrongSetting("serai.telegram.%s and serai.telegram.%s are the same bot".formatted(twin.name(), name));
                });
                bots.put(name, bot);
            }
        });
        if (bots.isEmpty()) {
            pulses.off(CHANNEL, "set TELEGRAM_TOKEN to the token that @BotFather gives (docs/channels.md)");
        }
    }

    Collection<Bot> all() {
        return bots.values();
    }

    Optional<Bot> find(String name) {
        return Optional.ofNullable(bots.get(name));
    }

    /** @throws NoSuchElementException when there is none of that name any more */
    Bot get(String name) {
        return find(name).orElseThrow(() -> new NoSuchElementException("there is no bot " + name + ": see serai.telegram in application.yaml"));
    }

    /** By hand, since what refuses settings for us quotes them. */
    static void check(String name, TelegramSettings.Account account) {
        if (!BotApi.isToken(account.token())) {
            throw new WrongSetting("serai.telegram." + name + ".token is no token of a bot: it looks like 123456:ABC-DEF1234ghIkl");
        }
        if (account.mode() == TelegramSettings.Mode.WEBHOOK && account.url() == null) {
            throw new WrongSetting("serai.telegram." + name + ".url must say where Telegram reaches this hub, as https://hub.example.com");
        }
        if (account.secret() != null && !account.secret().matches("[A-Za-z0-9_-]{16,256}")) {
            throw new WrongSetting("serai.telegram." + name + ".secret must have 16 to 256 of A-Z a-z 0-9 _ - (Bot API, setWebhook)");
        }
    }
}
