package io.serai.memory;

import io.serai.Home;
import io.serai.message.Prompt;
import io.serai.message.Turn;
import io.serai.think.Models;
import io.serai.think.Tokens;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Opens a prompt: who we are and what time it is for the one who asks. */
@Component("open")
class Open {

    private static final DateTimeFormatter NOW = DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu, HH:mm", Locale.ENGLISH);

    private static final String MODEL = "main";

    private final Home home;
    private final Models models;
    private final Layers layers;
    private final Clock clock;

    Open(Home home, Models models, Layers layers, Clock clock) {
        this.home = home;
        this.models = models;
        this.layers = layers;
        this.clock = clock;
    }

    /**
     * @param persona a file of {@code memory/prompts}, without its ending
     * @param budget tokens that all layers together may cost; fewer when the model's window is small or what was said is long: nobody waits for a compaction.
     *     A share is theirs in any case, and what was said is shortened then
     */
    public Prompt open(Turn turn, String persona, int budget) {
        String who = home.text("memory/prompts/" + persona + ".md").strip();
        return new Prompt(turn, who, now(turn), Math.min(budget, room(who, turn.text(), budget)), List.of());
    }

    /** Tokens that layers may cost, which nobody counts while there are enough. */
    private int room(String who, String said, int enough) {
        int room = models.promptRoom(MODEL);
        boolean ample = room - Tokens.atMost(who) - Tokens.atMost(said) >= enough;
        return ample ? enough : Models.memoryRoom(room, Tokens.in(who) + Tokens.in(said));
    }

    private String now(Turn turn) {
        var zone = turn.contact().zone();
        String time = "It is " + NOW.format(clock.instant().atZone(zone)) + " (" + zone.getDisplayName(TextStyle.NARROW, Locale.ENGLISH) + ").";
        return layers.isFirst(turn) ? time + " First message of this conversation." : time;
    }
}
