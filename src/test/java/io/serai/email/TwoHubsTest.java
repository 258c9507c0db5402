package io.serai.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.town.Town;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two hubs that write to each other fall silent. */
@Tag("database")
class TwoHubsTest {

    private static final String ONE = "one@hub.example";
    private static final String OTHER = "other@hub.example";
    private static final String ONE_RELAYED = "one@relayed.example";
    private static final String OTHER_RELAYED = "other@relayed.example";

    private static final MailServer SERVER = new MailServer();
    private static final Town HUB = hub(ONE, ONE_RELAYED);
    private static final Town OTHER_HUB = hub(OTHER, OTHER_RELAYED);

    /** Each scene has a mailbox to itself at either hub. */
    private static Town hub(String address, String relayed) {
        var settings = SERVER.mailbox("main", address, MailServer.PASSWORD);
        settings.putAll(SERVER.mailbox("relayed", relayed, MailServer.PASSWORD));
        return Town.with(settings);
    }

    @AfterAll
    static void close() {
        HUB.close();
        OTHER_HUB.close();
        SERVER.close();
    }

    @Test
    void stopAfterOneMailSinceEachKnowsTheOtherForAMachine() {
        SERVER.smtp().relays(mail -> SERVER.delivers(mail.to(), mail.bytes()));
        SERVER.delivers(ONE, MailServer.letter("", OTHER, "first@hub.example", "Hello", "Hello"));
        assertThatTheyStop(OTHER_HUB, "loop");
        assertThat(SERVER.smtp().received(OTHER)).hasSize(1);
        assertThat(SERVER.smtp().received(ONE)).isEmpty();
    }

    /** A relay between them that loses the marks: then the count holds, three mails an hour from each. */
    @Test
    void stopAfterThreeMailsEvenWhenNothingTellsThatTheyAreMachines() {
        SERVER.smtp().relays(mail -> SERVER.delivers(mail.to(), unmarked(mail.bytes())));
        SERVER.delivers(ONE_RELAYED, MailServer.letter("", OTHER_RELAYED, "second@hub.example", "Hello", "Hello"));
        assertThatTheyStop(HUB, "too-many-answers");
        assertThat(SERVER.smtp().received(OTHER_RELAYED)).hasSize(3);
        assertThat(SERVER.smtp().received(ONE_RELAYED)).hasSizeBetween(2, 3);
    }

    private static void assertThatTheyStop(Town town, String rule) {
        await().until(() -> town.sql().sql("select count(*) from message where suppressed_by = :rule")
                .param("rule", rule).query(Integer.class).single() > 0);
    }

    private static byte[] unmarked(byte[] mail) {
        return new String(mail, StandardCharsets.ISO_8859_1).replaceAll("(?m)^(Auto-Submitted|X-Auto-Response-Suppress|X-Serai-Loop):.*\r\n(?:[ \t].*\r\n)*", "")
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
