package io.serai.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.channel.Pulse;
import io.serai.channel.Pulses;
import io.serai.town.Town;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slack over a connection that the hub opens. */
@Tag("database")
class SocketModeTest {

    private static final FakeSlack SLACK = new FakeSlack(path -> town(path));
    private static final Town TOWN = Town.with(Map.of(
            "serai.slack.main.token", FakeSlack.TOKEN,
            "serai.slack.main.app-token", FakeSlack.APP_TOKEN,
            "serai.slack.main.base-url", SLACK.url() + "/api/",
            "serai.slack.main.patience", "5s",
            "serai.slack.main.reconnect", "1s",
            "serai.deliver.retry", "200ms,300ms,400ms"));

    private final WebSocketServer sockets = SLACK.sockets();
    private final String ada = SLACK.newcomer();

    private static URI town(String path) {
        return TOWN.url(path);
    }

    @BeforeEach
    void connected() {
        TOWN.model().says("Good day.");
        await().until(sockets::isOpen);
    }

    @AfterAll
    static void goHome() {
        TOWN.close();
        SLACK.close();
    }

    @Test
    void acknowledgesWhatIsStoredAndAnswersIt() {
        String envelope = UUID.randomUUID().toString();
        SLACK.sends(envelope, SLACK.message(ada, "Hello", SLACK.ts()));
        await().until(() -> acknowledged(envelope));
        assertThat(said()).containsExactly("Hello");
        await().until(() -> SLACK.hears(ada).equals(List.of("Good day.")));
    }

    @Test
    void acknowledgesNothingThatIsNotStoredAndDropsWhatComesAgain() {
        String envelope = UUID.randomUUID().toString();
        String ts = SLACK.ts();
        TOWN.sql().sql("alter table message rename to message_away").update();
        try {
            SLACK.sends(envelope, SLACK.message(ada, "Hello", ts));
            await().pollInterval(Duration.ofMillis(5)).until(() -> trouble() != null); // the next ping is a sign of life
            assertThat(acknowledged(envelope)).isFalse();
        } finally {
            TOWN.sql().sql("alter table message_away rename to message").update();
        }
        String again = UUID.randomUUID().toString();
        SLACK.sends(again, SLACK.message(ada, "Hello", ts));
        SLACK.sends(again + "-twice", SLACK.message(ada, "Hello", ts));
        await().until(() -> acknowledged(again) && acknowledged(again + "-twice"));
        assertThat(said()).containsExactly("Hello");
    }

    @Test
    void connectsAgainWhenSlackAsksForIt() {
        int before = sockets.connections();
        sockets.says("{\"type\":\"disconnect\",\"reason\":\"refresh_requested\"}");
        await().until(() -> sockets.connections() == before + 1);
        SLACK.sends("fresh-" + before, SLACK.message(ada, "Hello", SLACK.ts()));
        await().until(() -> acknowledged("fresh-" + before));
    }

    @Test
    void leavesAConnectionThatIsOpenButDead() {
        int before = sockets.connections();
        sockets.fallsDead();
        await().until(() -> sockets.connections() > before);
        await().until(() -> pulse().state() == Pulse.State.MOVING);
    }

    @Test
    void catchesUpOnWhatWasSaidMeanwhile() {
        SLACK.sends("first-" + ada, SLACK.message(ada, "Hello", SLACK.ts()));
        await().until(() -> acknowledged("first-" + ada));
        int before = sockets.connections();
        SLACK.saysUnheard(ada, "Are you there?");
        sockets.hangsUp();
        await().until(() -> sockets.connections() > before);
        await().untilAsserted(() -> assertThat(said()).containsExactly("Hello", "Are you there?"));
    }

    /** As of a hook or a timer that writes to a place of Slack. */
    @Test
    void catchesUpWhereSomethingWasSaidThatIsNoMessageOfSlack() {
        saysHello(ada);
        SLACK.sends("order-" + ada, SLACK.message(ada, "A new order", SLACK.ts()));
        await().until(() -> acknowledged("order-" + ada));
        TOWN.sql().sql("update message set external_id = 'hook:shop:' || :who where text = 'A new order'").param("who", ada).update();
        SLACK.saysUnheard(ada, "Are you there?");
        hangsUp();
        await().untilAsserted(() -> assertThat(said(ada)).containsExactly("Hello", "A new order", "Are you there?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"not_in_channel", "missing_scope", "something_new", "internal_error", "invalid_auth"})
    void catchesUpElsewhereWhenOnePlaceRefuses(String error) {
        String bob = SLACK.newcomer();
        String eve = SLACK.newcomer();
        List.of(ada, bob, eve).forEach(this::saysHello);
        SLACK.hides(eve, error); // who spoke last is asked for first
        List.of(ada, bob, eve).forEach(who -> SLACK.saysUnheard(who, "Are you there?"));
        hangsUp();
        await().untilAsserted(() -> assertThat(said(ada)).containsExactly("Hello", "Are you there?"));
        await().untilAsserted(() -> assertThat(said(bob)).containsExactly("Hello", "Are you there?"));
        await().until(() -> SLACK.hears(bob).size() == 2);
        assertThat(said(eve)).containsExactly("Hello");
        SLACK.shows(eve);
    }

    @Test
    void catchesUpWhenSlackSaysToComeBack() {
        String bob = SLACK.newcomer();
        List.of(bob, ada).forEach(this::saysHello);
        SLACK.turnsAwayWhoAsks(ada, Duration.ofSeconds(2));
        List.of(ada, bob).forEach(who -> SLACK.saysUnheard(who, "Are you there?"));
        hangsUp();
        await().untilAsserted(() -> assertThat(said(ada)).containsExactly("Hello", "Are you there?"));
        await().untilAsserted(() -> assertThat(said(bob)).containsExactly("Hello", "Are you there?"));
        List<Instant> asked = SLACK.asked(ada);
        assertThat(asked).hasSize(2);
        assertThat(asked.get(1)).isAfterOrEqualTo(asked.get(0).plusMillis(1900));
    }

    @Test
    void catchesUpLaterOnWhatItMissedBeforeWhatItHeard() {
        saysHello(ada);
        SLACK.hides(ada, "internal_error");
        SLACK.saysUnheard(ada, "Are you there?");
        int before = sockets.connections();
        hangsUp();
        await().until(() -> !SLACK.asked(ada).isEmpty());
        SLACK.sends("live-" + ada, SLACK.message(ada, "I am back", SLACK.ts()));
        await().until(() -> acknowledged("live-" + ada));
        assertThat(said(ada)).containsExactly("Hello", "I am back");
        SLACK.shows(ada);
        await().untilAsserted(() -> assertThat(said(ada)).containsExactly("Hello", "I am back", "Are you there?"));
        assertThat(sockets.connections()).as("on the same connection").isEqualTo(before + 1);
    }

    @Test
    void catchesUpOnTheOthersWhenOneMessageCannotBeStored() {
        String bob = SLACK.newcomer();
        List.of(bob, ada).forEach(this::saysHello);
        SLACK.saysUnheard(ada, "poison");
        List.of(ada, bob).forEach(who -> SLACK.saysUnheard(who, "Are you there?"));
        TOWN.sql().sql("alter table message add constraint no_poison check (text <> 'poison') not valid").update();
        try {
            hangsUp();
            await().untilAsserted(() -> assertThat(said(ada)).containsExactly("Hello", "Are you there?"));
            await().untilAsserted(() -> assertThat(said(bob)).containsExactly("Hello", "Are you there?"));
        } finally {
            TOWN.sql().sql("alter table message drop constraint no_poison").update();
        }
        await().untilAsserted(() -> assertThat(said(ada)).containsExactly("Hello", "Are you there?", "poison"));
    }

    @Test
    void tellsWhatIsWrongWhileItIsNotLetIn() {
        int before = sockets.connections();
        SLACK.breaks("apps.connections.open");
        sockets.hangsUp();
        await().until(() -> trouble() != null && trouble().contains("apps.connections.open"));
        assertThat(trouble()).doesNotContain("xapp");
        SLACK.mends("apps.connections.open");
        await().until(() -> sockets.connections() > before);
    }

    @Test
    void livesThroughNonsense() {
        for (String nonsense : List.of("", "{", "[]", "7", "{\"type\":\"events_api\"}", "{\"type\":\"events_api\",\"envelope_id\":\"odd\",\"payload\":7}",
                "{\"type\":\"interactive\",\"envelope_id\":\"button\",\"payload\":{}}", "{\"type\":\"something_new\"}")) {
            sockets.says(nonsense);
        }
        await().until(() -> acknowledged("odd") && acknowledged("button"));
    }

    private void saysHello(String who) {
        SLACK.sends("hello-" + who, SLACK.message(who, "Hello", SLACK.ts()));
        await().until(() -> acknowledged("hello-" + who));
    }

    private void hangsUp() {
        int before = sockets.connections();
        sockets.hangsUp();
        await().until(() -> sockets.connections() > before);
    }

    private boolean acknowledged(String envelope) {
        return sockets.heard().stream().anyMatch(yes -> yes.contains("\"envelope_id\":\"" + envelope + "\""));
    }

    private static Pulse pulse() {
        return TOWN.bean(Pulses.class).all().stream().filter(pulse -> pulse.channel().equals("slack")).findFirst().orElseThrow();
    }

    private static String trouble() {
        return pulse().trouble();
    }

    private List<String> said() {
        return said(ada);
    }

    private static List<String> said(String who) {
        return TOWN.sql().sql("select text from message join address on address.id = address_id where handle = :who and role = 'user' order by message.id")
                .param("who", who)
                .query(String.class)
                .list();
    }
}
