package io.serai.telegram;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.channel.Pulse;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One of our bots. */
final class Bot {

    private final String name;
    private final TelegramSettings.Account settings;
    private final BotApi api;
    private final Pulse pulse;
    private volatile String username;

    Bot(String name, TelegramSettings.Account settings, Pulse pulse) {
        this.name = name;
        this.settings = settings;
        this.api = new BotApi(settings.baseUri(), settings.token(), settings.timeout());
        this.pulse = pulse;
    }

    String name() {
        return name;
    }

    TelegramSettings.Account settings() {
        return settings;
    }

    BotApi api() {
        return api;
    }

    Pulse pulse() {
        return pulse;
    }

    long id() {
        return api.id();
    }

    /** What it is called by with an @ in front; asked for once, and again after {@link #introduce()}. */
    String username() {
        String known = username;
        return known == null ? introduce() : known;
    }

    /** Asks Telegram who we are, which also shows that the token is good. */
    String introduce() {
        JsonNode me = api.call("getMe", Map.of());
        username = me.path("username").asText();
        return username;
    }

    /** The end of the address that Telegram calls. */
    String webhookPath() {
        return "/hooks/telegram/" + name;
    }

    /** What Telegram shows at the webhook, in X-Telegram-Bot-Api-Secret-Token; all hubs with the same token derive the same. */
    String secret() {
        if (settings.secret() != null) {
            return settings.secret();
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(settings.token().getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal("serai webhook".getBytes(UTF_8)));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every JDK has HmacSHA256", absent);
        }
    }
}
