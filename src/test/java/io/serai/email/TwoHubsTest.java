package io.serai.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.town.Town;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two hubs that write to each other fall silent. */
@Tag("database")
class TwoHubsTest {

    private static final String ONE = "one@hub.example";
    private static final String OTHER = "other@hub.example";

    private final MailServer server = new MailServer();
    private final Town one = Town.with(server.mailbox("main", ONE, MailServer.PASSWORD));
    private final Town other = Town.with(server.mailbox("main", OTHER, MailServer.PASSWORD));

    @AfterEach
    void close() {
        one.close();
        other.close();
        server.close();
    }

    @Test
    void stopAfterOneMailSinceEachKnowsTheOtherForAMachine() {
        server.smtp().relays(mail -> server.delivers(mail.to(), mail.bytes()));
        server.delivers(ONE, MailServer.letter("", OTHER, "first@hub.example", "Hello", "Hello"));
        assertThatTheyStop(other, "loop");
        assertThat(server.smtp().received()).hasSize(1);
    }

    /** A relay between them that loses the marks: then the count holds, three mails an hour from each. */
    @Test
    void stopAfterThreeMailsEvenWhenNothingTellsThatTheyAreMachines() {
        server.smtp().relays(mail -> server.delivers(mail.to(), unmarked(mail.bytes())));
        server.delivers(ONE, MailServer.letter("", OTHER, "first@hub.example", "Hello", "Hello"));
        assertThatTheyStop(one, "too-many-answers");
        assertThat(server.smtp().received(OTHER)).hasSize(3);
        assertThat(server.smtp().received(ONE)).hasSizeBetween(2, 3);
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
