package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.town.ScriptedModel;
import io.serai.town.Town;
import io.serai.town.Visitor;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A talk is interrupted: by the customer, who goes on before there is an answer, and by the hub, which stops while somebody waits. */
@Tag("database")
class InterruptionTest {

    private static final Town TOWN = Town.with(Map.of("serai.answer.debounce.web-chat", "700ms"));

    @AfterAll
    static void close() {
        TOWN.close();
    }

    @Test
    void answersABurstOnce() {
        TOWN.model().says("All three.");
        String one = Awaitility.await().until(InterruptionTest::burst, Objects::nonNull);
        assertThat(TOWN.model().requests()).filteredOn(request -> request.messages("user").toString().contains(one)).singleElement()
                .extracting(ScriptedModel.Request::lastUser).asString().contains(one + "\n\ntwo\n\nthree");
    }

    /** The first of three words of somebody new, once they are answered; or null where they took longer than the hub waits for more. */
    private static String burst() {
        String one = "One " + UUID.randomUUID();
        Visitor hasty = TOWN.visitor();
        long begin = System.nanoTime();
        hasty.says(one);
        hasty.says("two");
        hasty.says("three");
        boolean inTime = Duration.ofNanos(System.nanoTime() - begin).compareTo(Duration.ofMillis(600)) < 0;
        hasty.hears("All three.");
        return inTime ? one : null;
    }

    @Test
    void answersOnceAfterARestartInTheMiddleOfAReplyAndKeepsWhatWasSaidBefore() {
        TOWN.model().says("See you.");
        Visitor guest = TOWN.visitor();
        guest.says("Good-bye");
        guest.hears("See you.");
        TOWN.model().answersBy(request -> "a b c d e f g h").drips(Duration.ofMillis(200));
        Tab tab = Tab.ofAStranger(TOWN);
        try (Tab open = tab.listens("")) {
            tab.says("Say the alphabet");
            open.hearsUntil(event -> event.is("token"));
            assertThat(stopping()).as("streams end before the hub waits for the requests in flight").isLessThan(Duration.ofSeconds(15));
        }
        TOWN.start();
        try (Tab back = tab.another().listens("?after=0")) {
            assertThat(back.hearsReply().text()).isEqualTo("a b c d e f g h");
            TOWN.model().drips(Duration.ZERO);
            tab.says("next");
            back.hearsReply();
            assertThat(tab.history("").get("messages")).hasSize(4);
        }
        assertThat(guest.sees().get("messages").findValuesAsText("text")).containsExactly("Good-bye", "See you.");
    }

    private static Duration stopping() {
        long begin = System.nanoTime();
        TOWN.stop();
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
