package io.serai.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.serai.Home;
import io.serai.message.Layer;
import io.serai.message.Line;
import io.serai.message.Prompt;
import io.serai.message.Role;
import io.serai.message.Turn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * The layers of {@code memory/layers}: read anew at each use, asked, and fitted into what they may cost. When another database does not answer, its layer
 * is left out; no reply waits for it.
 */
@Component
class Layers {

    private static final Logger log = LoggerFactory.getLogger(Layers.class);

    private final Home home;
    private final Databases databases;
    private final Wall wall;
    private final Ahead ahead;
    private final Asking asking;
    private final Clock clock;
    private final Cache<String, LayerFile> read = Caffeine.newBuilder().maximumSize(100).build();

    Layers(Home home, Databases databases, Wall wall, Ahead ahead, Asking asking, Clock clock) {
        this.home = home;
        this.databases = databases;
        this.wall = wall;
        this.ahead = ahead;
        this.asking = asking;
        this.clock = clock;
    }

    LayerFile file(String name) {
        return read.get(home.text("memory/layers/" + name + ".sql"), text -> LayerFile.read(name, text));
    }

    /** @param budget what it is meant to cost; with what earlier layers left it may be more */
    Layer lay(Prompt prompt, LayerFile file, int budget) {
        try {
            return Fit.into(budget, prompt.allowance(budget), file, find(file, prompt));
        } catch (DataAccessException unreachable) {
            if (file.database() == null) {
                throw unreachable;
            }
            log.warn("The layer {} is left out: the database {} does not answer: {}", file.name(), file.database(), unreachable.getMessage());
            return file.without(budget, "the database " + file.database() + " did not answer");
        }
    }

    private List<Line> find(LayerFile file, Prompt prompt) {
        Turn turn = prompt.turn();
        Map<String, Object> parameters = new HashMap<>(Map.of(
                "conversation", turn.conversation().id(),
                "fresh", turn.conversation().freshFrom(),
                "first", turn.firstMessageId(),
                "said", turn.text(),
                "now", clock.instant().atOffset(ZoneOffset.UTC),
                "zone", turn.contact().zone().getId()));
        if (file.asksOnlyOfTheTurn()) {
            return ahead.ask(file, turn, parameters);
        }
        Long[] shown = shown(prompt);
        parameters.put("shown", shown);
        if (file.database() != null) {
            return databases.named(file.database()).sql(file.sql())
                    .params(parameters)
                    .param("contact", turn.contact().id())
                    .param("handles", file.asksHandles() ? databases.handles(turn.contact().id()) : List.of())
                    .query(Layers::line)
                    .list();
        }
        if (file.recollects() && !asking.isMoreThan(turn.contact(), turn.firstMessageId(), shown)) {
            return List.of();
        }
        if (file.embeds()) {
            parameters.putAll(asking.about(turn.contact(), turn.text()));
        }
        return wall.ask(turn.contact(), file.sql(), parameters, Layers::line);
    }

    /** The messages that stand in the prompt already. */
    private static Long[] shown(Prompt prompt) {
        return prompt.layers().stream()
                .flatMap(layer -> layer.lines().stream())
                .map(Line::source)
                .filter(source -> source.startsWith("message:"))
                .map(source -> Long.valueOf(source.substring("message:".length())))
                .toArray(Long[]::new);
    }

    static Line line(ResultSet row, int number) throws SQLException {
        String role = row.getString("role");
        var at = row.getObject("at", OffsetDateTime.class);
        return new Line(row.getString("source"), role == null ? null : Role.of(role), at == null ? null : at.toInstant(),
                Objects.requireNonNullElse(row.getString("text"), ""));
    }
}
