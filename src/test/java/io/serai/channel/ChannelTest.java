package io.serai.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.serai.message.Attachment;
import io.serai.message.Circumstances;
import io.serai.message.Inbound;
import io.serai.message.Receipt;
import io.serai.town.SettableClock;
import io.serai.town.Town;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.camel.ProducerTemplate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Signs of life, who may poll, and files. */
@Tag("database")
@ResourceLock(Town.SHARED)
class ChannelTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final JdbcClient sql = Town.shared().sql();
    private final Attachments attachments = Town.shared().bean(Attachments.class);
    private final String bot = "bot-" + UUID.randomUUID();

    @Test
    void letsOneHubPollAtATime() {
        var mine = new Ownership(sql);
        var theirs = new Ownership(sql);

        assertThat(mine.hold(bot, LONG)).isTrue();
        assertThat(mine.hold(bot, LONG)).isTrue();
        assertThat(theirs.hold(bot, LONG)).isFalse();
        theirs.release(bot);
        assertThat(theirs.hold(bot, LONG)).isFalse();
        mine.release(bot);
        assertThat(theirs.hold(bot, LONG)).isTrue();
    }

    @Test
    void givesToAnotherHubWhatItsOwnerNoLongerKeeps() {
        var mine = new Ownership(sql);
        var theirs = new Ownership(sql);
        mine.hold(bot, Duration.ofMillis(50));

        Awaitility.await().until(() -> theirs.hold(bot, LONG));
        assertThat(mine.hold(bot, LONG)).isFalse();
    }

    @Test
    void letsOneWinWhenManyComeAtOnce() {
        long owners = IntStream.range(0, 8).parallel().filter(i -> new Ownership(sql).hold(bot, LONG)).count();
        assertThat(owners).isEqualTo(1);
    }

    @Test
    void tellsAStandstillFromLife() {
        var clock = new SettableClock();
        var meters = new SimpleMeterRegistry();
        var pulses = new Pulses(meters, clock);
        Pulse pulse = pulses.watch("telegram", "main", LONG);
        assertThat(pulse.state()).isEqualTo(Pulse.State.MOVING);

        clock.passes(Duration.ofSeconds(61));
        pulse.failed("connection refused");
        assertThat(pulse.state()).isEqualTo(Pulse.State.STALLED);
        assertThat(meters.get("serai.channel.age").tag("account", "main").gauge().value()).isBetween(61.0, 70.0);
        assertThat(health(pulses)).contains("stalled", "connection refused");

        pulse.pause("the token was revoked");
        assertThat(health(pulses)).contains("paused", "the token was revoked");
        pulse.moved();
        assertThat(pulse.state()).isEqualTo(Pulse.State.MOVING);
        assertThat(pulse.trouble()).isNull();
    }

    /** Also one of a channel of somebody's own, which has no pulse. */
    @Test
    void showsAnAccountThatMayNotSend() {
        var accounts = Town.shared().bean(Accounts.class);
        var pulses = new Pulses(new SimpleMeterRegistry(), new SettableClock());
        accounts.pause("ntfy", bot, "HTTP 401");
        assertThat(health(pulses)).contains("ntfy/" + bot + "=paused since ").contains("HTTP 401");
        pulses.watch("ntfy", bot, LONG);
        assertThat(health(pulses)).contains("moving", "; sending is paused since ");
        accounts.resume("ntfy", bot);
        assertThat(health(pulses)).doesNotContain("paused");
    }

    @Test
    void saysHowToTurnOnWhatIsOff() {
        var pulses = new Pulses(new SimpleMeterRegistry(), new SettableClock());
        pulses.off("slack", "set SLACK_TOKEN");
        assertThat(health(pulses)).contains("off: set SLACK_TOKEN");

        pulses.watch("slack", "main", LONG);
        assertThat(health(pulses)).doesNotContain("off");
    }

    @Test
    void keepsAFileForTheMessageThatNamesItAndSweepsAwayTheOthers() {
        byte[] bytes = {0, 1, 2, (byte) 255};
        Attachment named = attachments.keep("../../etc/passwd\0.png", "image/png", bytes);
        Attachment orphan = attachments.keep(null, null, bytes);
        Attachment fresh = attachments.keep("fresh", "text/plain", bytes);
        says(List.of(named, new Attachment("elsewhere", "image/png", 1, "https://example.com/x"), new Attachment("not kept", "image/png", 1, null)));
        age(named);
        age(orphan);
        Town.shared().bean(Tidy.class).tidy();

        assertThat(attachments.read(named)).hasValue(bytes);
        assertThat(named.name()).isEqualTo("../../etc/passwd.png");
        assertThat(attachments.read(orphan)).isEmpty();
        assertThat(orphan.name()).isEqualTo("file");
        assertThat(attachments.read(fresh)).hasValue(bytes);
    }

    @Test
    void readsNothingThatIsNotKeptHere() {
        for (String place : new String[] {null, "https://example.com/x", "attachment:../x", "attachment:" + UUID.randomUUID(), "file:/etc/passwd"}) {
            assertThat(attachments.read(new Attachment("x", "text/plain", 1, place))).isEmpty();
        }
    }

    private void says(List<Attachment> files) {
        var inbound = new Inbound("webhook", "", bot, bot, null, "See", files, null, null, Instant.now(), Circumstances.PLAIN);
        Town.shared().bean(ProducerTemplate.class).requestBody("direct:listen", inbound, Receipt.class);
    }

    private void age(Attachment attachment) {
        sql.sql("update attachment set kept_at = now() - interval '25 hours' where 'attachment:' || id = :place").param("place", attachment.place()).update();
    }

    private static String health(Pulses pulses) {
        return new ChannelsHealth(pulses, Town.shared().bean(Accounts.class)).health().getDetails().toString();
    }
}
