package io.serai.telegram;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.oas.annotations.Hidden;
import java.security.MessageDigest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Where Telegram pushes the updates of a bot in webhook mode (Bot API, setWebhook). Every answer but 2xx makes it push again. */
@Hidden
@RestController
class WebhookDoor {

    private static final Logger log = LoggerFactory.getLogger(WebhookDoor.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Bots bots;
    private final UpdateDoor door;
    private final Unread unread;

    WebhookDoor(Bots bots, UpdateDoor door, Unread unread) {
        this.bots = bots;
        this.door = door;
        this.unread = unread;
    }

    @PostMapping("/hooks/telegram/{name}")
    ResponseEntity<Void> receive(
            @PathVariable String name,
            @RequestHeader(value = "X-Telegram-Bot-Api-Secret-Token", required = false) String secret,
            @RequestBody(required = false) byte[] body) {
        Bot bot = bots.find(name).filter(known -> known.settings().mode() == TelegramSettings.Mode.WEBHOOK).orElse(null);
        if (bot == null || secret == null || !MessageDigest.isEqual(secret.getBytes(UTF_8), bot.secret().getBytes(UTF_8))) {
            return ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
        }
        try {
            take(bot, new String(body == null ? new byte[0] : body, UTF_8));
            bot.pulse().moved();
            return ResponseEntity.ok().build();
        } catch (NotNow away) {
            log.warn("Bot {}: {}", name, away.getMessage());
            bot.pulse().failed(away.getMessage());
            return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).header(HttpHeaders.RETRY_AFTER, "1").build();
        }
    }

    private void take(Bot bot, String raw) {
        JsonNode json;
        try {
            json = JSON.readTree(raw);
        } catch (JsonProcessingException garbage) {
            unread.keep(bot.name(), "unreadable", "no JSON", raw);
            return;
        }
        door.take(new Update(bot.name(), json));
    }
}
