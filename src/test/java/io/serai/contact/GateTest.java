package io.serai.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.serai.contact.ContactSettings.Link;
import io.serai.contact.ContactSettings.Pairing;
import io.serai.contact.ContactSettings.Policy;
import io.serai.contact.ContactSettings.Unverified;
import io.serai.message.Address;
import io.serai.message.Arrival;
import io.serai.message.Came;
import io.serai.message.Circumstances;
import io.serai.message.Contact;
import io.serai.message.Conversation;
import io.serai.message.Inbound;
import io.serai.message.Standing;
import io.serai.message.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is answered, rule by rule. */
class GateTest {

    private static final Pairing PAIRING = new Pairing(Duration.ofHours(1), 3, 10, Duration.ofDays(30));

    @ParameterizedTest
    @CsvSource(textBlock = """
            open,       NEW,      ANSWERED,
            open,       ADMITTED, ANSWERED,
            open,       REFUSED,  SUPPRESSED, refused
            pairing,    NEW,      WAITING,    pairing
            pairing,    ADMITTED, ANSWERED,
            pairing,    REFUSED,  SUPPRESSED, refused
            allow-list, NEW,      SUPPRESSED, allow-list
            allow-list, ADMITTED, ANSWERED,
            allow-list, REFUSED,  SUPPRESSED, refused
            unheard-of, NEW,      WAITING,    pairing
            """)
    void goesByThePolicyOfTheChannelUntilAPersonDecided(String channel, Standing standing, Verdict.Fate fate, String rule) {
        assertThat(judge(channel, "4711", standing, Circumstances.PLAIN, Unverified.ANSWER)).isEqualTo(new Verdict(fate, rule));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            open,       ANSWER, NEW,      ANSWERED,
            open,       HOLD,   NEW,      WAITING,    unverified
            open,       HOLD,   ADMITTED, ANSWERED,
            pairing,    ANSWER, NEW,      WAITING,    unverified
            allow-list, ANSWER, NEW,      SUPPRESSED, allow-list
            """)
    void trustsNobodyTheChannelDoesNotVouchFor(String channel, Unverified setting, Standing standing, Verdict.Fate fate, String rule) {
        assertThat(judge(channel, "friend", standing, Circumstances.PLAIN.unverified(), setting)).isEqualTo(new Verdict(fate, rule));
    }

    @Test
    void letsThoseOnTheListIn() {
        assertThat(judge("pairing", "friend", Standing.NEW, Circumstances.PLAIN, Unverified.ANSWER)).isEqualTo(Verdict.ANSWERED);
        assertThat(judge("allow-list", "friend", Standing.NEW, Circumstances.PLAIN, Unverified.ANSWER)).isEqualTo(Verdict.ANSWERED);
        assertThat(judge("allow-list", "Friend", Standing.NEW, Circumstances.PLAIN, Unverified.ANSWER).isSuppressed()).isTrue();
        assertThat(judge("pairing", "friend", Standing.REFUSED, Circumstances.PLAIN, Unverified.ANSWER).isSuppressed()).isTrue();
    }

    @Test
    void letsOperatorsIn() {
        assertThat(judge("pairing", "boss", Standing.NEW, Circumstances.PLAIN, Unverified.ANSWER)).isEqualTo(Verdict.ANSWERED);
        assertThat(judge("open", "boss", Standing.NEW, Circumstances.PLAIN.unverified(), Unverified.HOLD).isWaiting()).isTrue();
    }

    @Test
    void answersInAGroupOnlyWhatWasSaidToUs() {
        assertThat(judge("pairing", "a group", Standing.ADMITTED, Came.inGroup(false), Unverified.ANSWER))
                .isEqualTo(Verdict.suppressed("not-addressed"));
        assertThat(judge("pairing", "a group", Standing.ADMITTED, Came.inGroup(true), Unverified.ANSWER)).isEqualTo(Verdict.ANSWERED);
        assertThat(judge("pairing", "a group", Standing.NEW, Came.inGroup(true), Unverified.ANSWER).isWaiting()).isTrue();
    }

    @Test
    void neverAnswersWhatItsDoorSuppressed() {
        assertThat(judge("open", "friend", Standing.ADMITTED, Circumstances.PLAIN.suppressedBy("auto-submitted"), Unverified.ANSWER))
                .isEqualTo(Verdict.suppressed("auto-submitted"));
    }

    private static Verdict judge(String channel, String handle, Standing standing, Circumstances around, Unverified unverified) {
        var settings = new ContactSettings(
                Map.of("open", Policy.OPEN, "allow-list", Policy.ALLOW_LIST, "default", Policy.PAIRING),
                Map.of("pairing", List.of("friend"), "allow-list", List.of("friend")),
                List.of("pairing:boss", "open:boss"),
                unverified,
                PAIRING,
                new Link(Duration.ofMinutes(10), 10));
        Inbound inbound = Inbound.of(channel, "", handle, "1", "Hello", Instant.EPOCH).with(around);
        var arrival = new Arrival(inbound, new Contact(1, null, ZoneOffset.UTC), new Address(1, channel, "", handle),
                new Conversation(1, "main", 0), standing, null);
        return new Gate(settings, new SimpleMeterRegistry()).gate(arrival).verdict();
    }
}
