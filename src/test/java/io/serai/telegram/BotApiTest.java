package io.serai.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.serai.town.FakeTelegram;
import io.serai.town.TelegramChat;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A far side that fails in every way, and what is told of it: never the token, which is part of every address. */
class BotApiTest {

    private final FakeTelegram telegram = FakeTelegram.start();
    private final BotApi api = asks(Duration.ofSeconds(20));
    private final TelegramChat ada = telegram.person("Ada");

    @AfterEach
    void close() {
        telegram.close();
    }

    @Test
    void asksWhoItIs() {
        assertThat(api.call("getMe", Map.of()).path("id").asLong()).isEqualTo(api.id()).isEqualTo(telegram.botId());
    }

    @Test
    void tellsWhatTelegramSaidNoWith() {
        telegram.tooMany("sendMessage", 7);
        Rejected no = (Rejected) failure();
        assertThat(no.code()).isEqualTo(429);
        assertThat(no.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        telegram.revokes();
        assertThat(((Rejected) failure()).isOfTheBot()).isTrue();
    }

    @Test
    void neverTellsTheTokenThatAFarSideEchoes() {
        telegram.answers("sendMessage", 404, "Cannot POST /bot" + telegram.token() + "/sendMessage");
        failure();
        telegram.fails("sendMessage", 400, "Bad Request: no route for /bot" + telegram.token().replace(":", "%3A"));
        assertThat(failure()).hasMessageContaining("***");
        telegram.answers("sendMessage", 502, "<html>" + telegram.token());
        assertThat(((Unreachable) failure()).isUntouched()).isFalse();
        telegram.answers("sendMessage", 200, "{\"ok\": tru");
        assertThat(((Unreachable) failure()).isUntouched()).isFalse();
    }

    @Test
    void doesNotKnowWhatBecameOfItWhenTheConnectionBreaks() {
        telegram.breaks("sendMessage");
        assertThat(((Unreachable) failure()).isUntouched()).isFalse();
        telegram.breaksAfter("sendMessage");
        assertThat(((Unreachable) failure()).isUntouched()).isFalse();
        assertThat(ada.heard()).as("asked once each").hasSize(1);
    }

    @Test
    void doesNotKnowWhatBecameOfItWhenTheAnswerDoesNotCome() {
        telegram.dawdles("sendMessage", Duration.ofSeconds(5));
        Throwable failure = failure(asks(Duration.ofMillis(500)));
        assertThat(failure).hasMessageContaining("had no answer");
        assertThat(((Unreachable) failure).isUntouched()).isFalse();
    }

    @Test
    void knowsThatNothingWasSentWithoutAConnection() {
        telegram.close();
        assertThat(((Unreachable) failure()).isUntouched()).isTrue();
    }

    @Test
    void endsAPollThatIsHungUp() {
        Thread.ofVirtual().start(() -> {
            await().until(() -> !telegram.calls("getUpdates").isEmpty());
            api.hangUp();
        });
        assertThat(catchThrowable(() -> api.call("getUpdates", Map.of("timeout", 20), Duration.ofSeconds(20)))).isInstanceOf(Unreachable.class);
    }

    @Test
    void readsNoMoreOfAFileThanItMay() {
        ada.sends("document", new byte[5_000], "a.bin", "application/octet-stream", "");
        String id = telegram.takePending().getFirst().at("/message/document/file_id").asText();
        assertThat(api.file(id, 5_000, Duration.ofSeconds(20))).hasSize(5_000);
        assertThat(catchThrowable(() -> api.file(id, 4_999, Duration.ofSeconds(20)))).isInstanceOf(Unreachable.class).hasMessageContaining("larger than 4999");
    }

    @Test
    void fetchesNothingFromAPlaceThatIsNoFile() {
        telegram.answers("getFile", 200, "{\"ok\": true, \"result\": {\"file_path\": \"/etc/passwd\"}}");
        assertThat(catchThrowable(() -> api.file("x", 10, Duration.ofSeconds(20)))).isInstanceOf(Rejected.class);
        telegram.answers("getFile", 200, "{\"ok\": true, \"result\": {\"file_path\": \"documents/../../bot1/getMe\"}}");
        assertThat(catchThrowable(() -> api.file("x", 10, Duration.ofSeconds(20)))).isInstanceOf(Rejected.class);
    }

    @Test
    void knowsATokenWhenItSeesOne() {
        assertThat(BotApi.isToken(telegram.token())).isTrue();
        assertThat(BotApi.isToken("123")).isFalse();
        assertThat(BotApi.isToken("123:abc/../def")).isFalse();
    }

    private BotApi asks(Duration timeout) {
        return new BotApi(URI.create(telegram.url() + "/"), telegram.token(), timeout);
    }

    private Throwable failure() {
        return failure(api);
    }

    private Throwable failure(BotApi api) {
        Throwable failure = catchThrowable(() -> api.call("sendMessage", Map.of("chat_id", ada.id(), "text", "Hello")));
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain(telegram.token()).doesNotContain(telegram.token().substring(12));
        }
        return failure;
    }
}
