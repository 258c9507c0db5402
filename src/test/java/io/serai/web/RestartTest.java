package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.town.Town;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A hub that stops while somebody waits. */
class RestartTest {

    @Test
    void answersOnceAfterARestartInTheMiddleOfAReply() {
        try (Town town = Town.with(Map.of())) {
            town.model().answersBy(request -> "a b c d e f g h").drips(Duration.ofMillis(200));
            Tab tab = Tab.ofAStranger(town);
            try (Tab open = tab.listens("")) {
                tab.says("Say the alphabet");
                open.hearsUntil(event -> event.is("token"));
                assertThat(stopping(town)).as("streams end before the hub waits for the requests in flight").isLessThan(Duration.ofSeconds(15));
            }
            town.start();
            try (Tab back = tab.another().listens("?after=0")) {
                assertThat(back.hearsReply().text()).isEqualTo("a b c d e f g h");
                tab.says("next");
                back.hearsReply();
                assertThat(tab.history("").get("messages")).hasSize(4);
            }
        }
    }

    private static Duration stopping(Town town) {
        long begin = System.nanoTime();
        town.stop();
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
