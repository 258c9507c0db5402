package io.serai.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.serai.message.Address;
import io.serai.message.Contact;
import io.serai.message.Conversation;
import io.serai.message.Layer;
import io.serai.message.Layer.Place;
import io.serai.message.Line;
import io.serai.message.Message;
import io.serai.message.Prompt;
import io.serai.message.Role;
import io.serai.message.Turn;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How far back a turn reaches. */
class ReachTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Phrases PAST = Phrases.read("# refers to the past\nlast time\n");

    @Test
    void reachesFarWhenItRefersToThePast() {
        assertThat(isFar("What was it last time?", "recent", "Hello", NOON)).isTrue();
        assertThat(isFar("What is it this time?", "recent", "Hello", NOON)).isFalse();
    }

    @Test
    void reachesFarAfterASilence() {
        assertThat(isFar("Hello", "recent", "Hello", NOON.minus(Duration.ofDays(8)))).as("also when the prompt shows nothing of it").isTrue();
        assertThat(isFar("Hello", "recent", "Hello", NOON.minus(Duration.ofDays(6)))).isFalse();
    }

    @Test
    void reachesFarWhileAPromiseIsOverdue() {
        assertThat(isFar("Hello", "commitments", "OVERDUE, we promised: the quote", NOON)).isTrue();
        assertThat(isFar("Hello", "commitments", "pending, we promised: the quote", NOON)).isFalse();
    }

    @Test
    void reachesFarWhenItNamesWhatWasNotMentionedLately() {
        assertThat(isFar("Can the HP-200 heat water?", "recent", "We sell boilers", NOON)).isTrue();
        assertThat(isFar("Can the HP-200 heat water?", "recent", "We sell the hp-200", NOON)).isFalse();
        assertThat(isFar("Is that from Lisbon?", "recent", "From Porto", NOON)).isTrue();
        assertThat(isFar("Is it good", "recent", "Yes", NOON)).isFalse();
    }

    /** As many messages as are joined to one turn. */
    @Test
    void looksAtALongWordOnce() {
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertThat(isFar("a-".repeat(200_000), "recent", "Hello", NOON)).isFalse();
            assertThat(isFar("a-".repeat(200_000) + "1", "recent", "Hello", NOON)).isTrue();
        });
    }

    private static boolean isFar(String said, String layer, String line, Instant heard) {
        var message = new Message(9, Role.USER, said, List.of(), NOON);
        var turn = new Turn(new Contact(1, "Ada", ZoneOffset.UTC), new Conversation(1, "main", 0), new Address(1, "web-chat", "", "ada"), List.of(message), null);
        var known = new Layer(layer, "Heading", layer.equals("recent") ? Place.TALK : Place.TURN, false, 100, List.of(new Line("message:1", Role.USER, NOON, line)), 10, List.of());
        return Reach.isFar(new Prompt(turn, "", "", 3500, List.of(known)), PAST, Optional.of(heard));
    }
}
