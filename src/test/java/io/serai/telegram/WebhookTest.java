package io.serai.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serai.telegram.TelegramSettings.Account;
import io.serai.telegram.TelegramSettings.Groups;
import io.serai.telegram.TelegramSettings.Mode;
import io.serai.town.FakeTelegram;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Looks whether Telegram gets through to us. */
class WebhookTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String OURS = "https://hub.example/hooks/telegram/main";

    private final FakeTelegram telegram = FakeTelegram.start();
    private final Account account = new Account(telegram.token(), URI.create(telegram.url()), Mode.WEBHOOK, "https://hub.example", null, Groups.MENTION,
            DataSize.ofMegabytes(20), Duration.ofSeconds(25), Duration.ofSeconds(10), Duration.ofMinutes(3), Duration.ofSeconds(30));
    private final Webhook webhook = new Webhook(new Bot("main", account, null), Clock.fixed(NOW, ZoneOffset.UTC));

    @BeforeEach
    void set() {
        webhook.round();
        assertThat(telegram.webhook()).isEqualTo(OURS);
    }

    @AfterEach
    void close() {
        telegram.close();
    }

    @Test
    void tellsThatTelegramCannotReachUs() {
        tells(2, NOW.minusSeconds(50));
        assertThatThrownBy(webhook::round).isInstanceOf(Unreachable.class).hasMessageContaining("2 updates wait").hasMessageContaining("502 Bad Gateway");
    }

    /** Telegram tells the last error for ever. */
    @Test
    void mindsNoErrorOfLastWeek() {
        tells(1, NOW.minus(Duration.ofDays(7)));
        assertThat(webhook.round()).isEqualTo(account.poll());
    }

    @Test
    void isWellWhenNothingWaits() {
        tells(0, NOW.minusSeconds(50));
        assertThat(webhook.round()).isEqualTo(account.poll());
    }

    private void tells(int waiting, Instant lastError) {
        telegram.answers("getWebhookInfo", 200, """
                {"ok": true, "result": {"url": "%s", "pending_update_count": %d, "last_error_date": %d,
                 "last_error_message": "Wrong response from the webhook: 502 Bad Gateway"}}""".formatted(OURS, waiting, lastError.getEpochSecond()));
    }
}
