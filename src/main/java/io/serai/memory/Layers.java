package io.serai.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.serai.Home;
import io.serai.message.Layer;
import io.serai.message.Line;
import io.serai.message.Prompt;
import io.serai.message.Refused;
import io.serai.message.Turn;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.stereotype.Component;

/**
 * The layers of {@code memory/layers}: read anew at each use, asked, and fitted into what they may cost. When another database does not answer, or a query
 * fails on what it finds, its layer is left out; no reply waits for it. Only what is never cut must be there.
 */
@Component
class Layers {

    private static final Logger log = LoggerFactory.getLogger(Layers.class);

    /** More than a prompt shows of a talk. */
    private static final int MANY = 50;

    /** Some of what can be found, or all of it while that is little. */
    private static final LayerFile REMEMBERED = new LayerFile("remembered", "", Layer.Place.TURN, true, false, null, """
            select 'message:' || message_id as source, null as role, null::timestamptz as at, '' as text
            from recollection
            where contact_id = :contact and message_id < :first
              and conversation_id in (select id from conversation where contact_id = :contact and reach = :reach)
            limit %d""".formatted(MANY));

    /** What they said last before this turn, wherever they said it. */
    private static final LayerFile HEARD = new LayerFile("heard", "", Layer.Place.TURN, true, false, null, """
            select 'message:' || last.id as source, null as role, said_at as at, '' as text
            from conversation cross join lateral (
                select id, said_at from talk
                where contact_id = :contact and conversation_id = conversation.id and role = 'user' and id < :first
                order by id desc limit 1
            ) as last
            where contact_id = :contact and reach = :reach order by said_at desc limit 1""");

    /** Whether anything was answered since the talk began. */
    private static final LayerFile ANSWERED = new LayerFile("answered", "", Layer.Place.TURN, true, false, null, """
            select 'message:' || id as source, null as role, said_at as at, '' as text
            from talk
            where contact_id = :contact and conversation_id = :conversation and id > :fresh and role = 'assistant' and not command
            limit 1""");

    private final Home home;
    private final Databases databases;
    private final Wall wall;
    private final Ahead ahead;
    private final Asking asking;
    private final Zones zones;
    private final Clock clock;
    private final Cache<String, LayerFile> read = Caffeine.newBuilder().maximumSize(100).build();

    Layers(Home home, Databases databases, Wall wall, Ahead ahead, Asking asking, Zones zones, Clock clock) {
        this.home = home;
        this.databases = databases;
        this.wall = wall;
        this.ahead = ahead;
        this.asking = asking;
        this.zones = zones;
        this.clock = clock;
    }

    LayerFile file(String name) {
        return read.get(home.text("memory/layers/" + name + ".sql"), text -> LayerFile.read(name, text));
    }

    /** @param budget what it is meant to cost; with what earlier layers left it may be more */
    Layer lay(Prompt prompt, LayerFile file, int budget) {
        if (prompt.turn().conversation().isIsolated() && !file.isolated()) {
            return file.without(budget, "an isolated conversation is not told it");
        }
        if (file.database() == null && file.recollects() && !isMoreThan(shown(prompt), ahead.ask(REMEMBERED, prompt.turn(), this::parameters))) {
            return file.without(budget, "all that was said stands in the prompt");
        }
        try {
            Collection<String> words = file.embeds() ? Spots.words(prompt.turn().text()) : List.of();
            return Fit.into(budget, prompt.allowance(budget), file, find(file, prompt), words);
        } catch (DataAccessException | Refused failed) {
            return leftOut(file, budget, failed);
        }
    }

    private static Layer leftOut(LayerFile file, int budget, RuntimeException failed) {
        boolean ours = file.database() == null;
        if (ours && (file.whole() || !isOfTheQuery(failed))) {
            throw failed;
        }
        String why = ours ? "its query fails" : "the database " + file.database() + " did not answer";
        log.warn("The layer {} is left out, {}: {}", file.name(), why, wordless(String.valueOf(NestedExceptionUtils.getMostSpecificCause(failed).getMessage())));
        return file.without(budget, why);
    }

    /** Postgres ends some messages with the value it could not read, which may be what somebody said. */
    private static String wordless(String why) {
        return why.replaceFirst("(?s): \".*", "");
    }

    /** Whether it fails by what it asks and finds, or how long that takes, and would again, rather than for want of a database. */
    static boolean isOfTheQuery(RuntimeException failure) {
        return failure instanceof QueryTimeoutException
                || failure instanceof NonTransientDataAccessException && !(failure instanceof NonTransientDataAccessResourceException);
    }

    /** When they said something before this turn, in whatever conversation within reach. */
    Optional<Instant> heardBefore(Turn turn) {
        return ahead.ask(HEARD, turn, this::parameters).stream().map(Line::at).findFirst();
    }

    /** Whether this turn begins its talk: nothing was answered in it before. */
    boolean isFirst(Turn turn) {
        return ahead.ask(ANSWERED, turn, this::parameters).isEmpty();
    }

    private Map<String, Object> parameters(Turn turn) {
        return new HashMap<>(Map.of(
                "conversation", turn.conversation().id(),
                "fresh", turn.conversation().freshFrom(),
                "reach", turn.conversation().reach(),
                "first", turn.firstMessageId(),
                "said", turn.text(),
                "now", clock.instant().atOffset(ZoneOffset.UTC),
                "zone", zones.name(turn.contact().zone(), clock.instant())));
    }

    private List<Line> find(LayerFile file, Prompt prompt) {
        Turn turn = prompt.turn();
        if (file.asksOnlyOfTheTurn()) {
            return ahead.ask(file, turn, this::parameters);
        }
        Map<String, Object> parameters = parameters(turn);
        parameters.put("shown", shown(prompt));
        if (file.asksHandles()) {
            parameters.put("handles", handles(turn));
        }
        if (file.database() != null) {
            return databases.named(file.database()).sql(file.sql()).params(parameters).param("contact", turn.contact().id()).query(Rows::line).list();
        }
        if (file.embeds()) {
            parameters.putAll(asking.about(turn.contact(), turn.text()));
        }
        return wall.ask(turn.contact(), file.sql(), parameters, Rows::line);
    }

    /** Who has no address that is theirs for sure asks by null, which nothing equals: {@code in ()} is no SQL. */
    private List<String> handles(Turn turn) {
        List<String> handles = databases.handles(turn.contact().id());
        return handles.isEmpty() ? Collections.singletonList(null) : handles;
    }

    /** Whether anything was said that does not stand in the prompt; early in a talk all of it does, and there is nothing to search for. */
    private static boolean isMoreThan(Long[] shown, List<Line> remembered) {
        return remembered.size() == MANY || !new HashSet<>(List.of(shown)).containsAll(messages(remembered.stream()).toList());
    }

    /** The messages that stand in the prompt already, all of each: what was cut off may be what is asked for. */
    private static Long[] shown(Prompt prompt) {
        return messages(Quote.whole(prompt)).toArray(Long[]::new);
    }

    private static Stream<Long> messages(Stream<Line> lines) {
        return lines.flatMap(line -> Quote.message(line.source()).stream());
    }
}
