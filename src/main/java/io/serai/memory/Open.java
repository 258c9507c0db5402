package io.serai.memory;

import io.serai.Home;
import io.serai.message.Prompt;
import io.serai.message.Turn;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Opens a prompt: who we are and what time it is for the one who asks. */
@Component("open")
class Open {

    private static final DateTimeFormatter NOW = DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu, HH:mm", Locale.ENGLISH);

    private final Home home;
    private final JdbcClient jdbc;
    private final Clock clock;

    Open(Home home, JdbcClient jdbc, Clock clock) {
        this.home = home;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param persona a file of {@code memory/prompts}, without its ending
     * @param budget tokens that all layers together may cost
     */
    public Prompt open(Turn turn, String persona, int budget) {
        return new Prompt(turn, home.text("memory/prompts/" + persona + ".md").strip(), now(turn), budget, List.of());
    }

    private String now(Turn turn) {
        var zone = turn.contact().zone();
        String time = "It is " + NOW.format(clock.instant().atZone(zone)) + " (" + zone.getDisplayName(TextStyle.NARROW, Locale.ENGLISH) + ").";
        return answeredBefore(turn) ? time : time + " First message of this conversation.";
    }

    private boolean answeredBefore(Turn turn) {
        return jdbc.sql("""
                select exists (select from message where conversation_id = :conversation and id > :fresh and role = 'assistant' and author <> 'command')
                """)
                .param("conversation", turn.conversation().id())
                .param("fresh", turn.conversation().freshFrom())
                .query(Boolean.class)
                .single();
    }
}
