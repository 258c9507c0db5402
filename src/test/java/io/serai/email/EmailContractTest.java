package io.serai.email;

import static org.awaitility.Awaitility.await;

import io.serai.town.ChannelContract;
import io.serai.town.Town;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Email keeps to what every channel keeps to. */
@Tag("database")
@ResourceLock(PostOffice.LOCK)
class EmailContractTest implements ChannelContract {

    private static final MailServer SERVER = PostOffice.SERVER;
    private static final Town TOWN = PostOffice.TOWN;

    @Override
    public Town town() {
        return TOWN;
    }

    @Override
    public String channel() {
        return "email";
    }

    /** A mail is never split. */
    @Override
    public int limit() {
        return 0;
    }

    @Override
    public boolean knowsRetryAfter() {
        return false;
    }

    @Override
    public FarSide far() {
        return new Customers();
    }

    private static final class Customers implements FarSide {

        @Override
        public String newcomer() {
            return "ada-" + UUID.randomUUID() + "@example.com";
        }

        @Override
        public void says(String handle, String text, String id) {
            says(handle, text, id, Map.of());
        }

        @Override
        public void says(String handle, String text, String id, Map<String, String> headers) {
            String foreign = headers.entrySet().stream().map(header -> header.getKey() + ": " + header.getValue() + "\n").collect(Collectors.joining());
            int seen = position();
            SERVER.delivers(PostOffice.SUPPORT, MailServer.letter(MailServer.verified(handle) + foreign, handle, id + "@example.com", "Hello", text));
            await().until(() -> position() > seen);
        }

        /** How far the hub has read the mailbox. */
        private static int position() {
            return TOWN.sql().sql("select coalesce(max(uid), 0) from mailbox where name = 'main'").query(Integer.class).single();
        }

        @Override
        public List<String> hears(String handle) {
            return SERVER.smtp().received(handle).stream().map(FakeSmtp.Received::text).toList();
        }

        @Override
        public List<Instant> tries(String handle) {
            return SERVER.smtp().tries(handle);
        }

        @Override
        public void failsOnce() {
            SERVER.smtp().says("RCPT", "451 4.3.0 try again");
        }

        @Override
        public void turnsAway(Duration retryAfter) {
            throw new UnsupportedOperationException("SMTP cannot say when to come back");
        }

        @Override
        public void refuses(String handle) {
            SERVER.smtp().refuses(handle);
        }

        @Override
        public Map<String, String> lastHeaders() {
            return SERVER.smtp().received().getLast().mail().headers().all().stream()
                    .collect(Collectors.toMap(Headers.Header::name, Headers.Header::value, (one, other) -> one + " " + other));
        }
    }
}
