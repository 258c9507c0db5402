package io.serai.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.serai.message.Line;
import io.serai.message.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Asks with the first layer of a turn what the layers after it will ask, since a round trip for each of them takes longer than all they find. Which
 * they will be is known from the turns before; a layer that nobody has asked of late is asked by itself.
 */
@Component
class Ahead {

    private static final Logger log = LoggerFactory.getLogger(Ahead.class);
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);

    /**
     * The layers that were asked of late, and one query for all of them.
     *
     * @param since when the first of them was asked, by the clock of {@link System#nanoTime}
     */
    private record Usual(List<LayerFile> files, String query, long since) {

        static Usual none() {
            return new Usual(List.of(), "", System.nanoTime());
        }

        private static Usual of(Stream<LayerFile> layers, long since) {
            List<LayerFile> files = layers.sorted(Comparator.comparing(LayerFile::name)).toList();
            return new Usual(files, String.join("\nunion all\n", IntStream.range(0, files.size()).mapToObj(layer -> query(layer, files.get(layer))).toList())
                    + "\norder by layer, place", since);
        }

        private static String query(int layer, LayerFile file) {
            return """
                    select %d as layer, row_number() over () as place, source::text, role::text, at::timestamptz, text::text from (
                    %s
                    ) as told""".formatted(layer, file.sql().strip().replaceFirst(";$", ""));
        }

        /** The same file: one that was edited since is another. */
        int place(LayerFile file) {
            return IntStream.range(0, files.size()).filter(layer -> files.get(layer) == file).findFirst().orElse(-1);
        }

        Usual with(LayerFile file) {
            return of(Stream.concat(files.stream().filter(other -> !other.name().equals(file.name())), Stream.of(file)), since);
        }

        /** A layer that no route asks any more is forgotten with all others. */
        boolean isOld() {
            return System.nanoTime() - since > FORGOTTEN.toNanos();
        }
    }

    /** What the usual layers found for a turn, layer by layer. */
    private record Told(Usual usual, List<List<Line>> lines) {}

    private final Wall wall;
    private volatile Usual usual = Usual.none();

    /** By the turn itself, not by what it says: another attempt at it asks anew. */
    private final Cache<Turn, Told> told = Caffeine.newBuilder().weakKeys().expireAfterWrite(Duration.ofMinutes(1)).build();

    Ahead(Wall wall) {
        this.wall = wall;
    }

    /** @param parameters what the layers may ask with, before any of them was laid */
    List<Line> ask(LayerFile file, Turn turn, Function<Turn, Map<String, Object>> parameters) {
        Usual known = usual;
        if (!known.isOld() && known.place(file) >= 0) {
            Told before = told(turn, parameters);
            int place = before.usual().place(file);
            if (place >= 0) {
                return before.lines().get(place);
            }
        }
        List<Line> lines = wall.ask(turn.contact(), file.sql(), parameters.apply(turn), Rows::line);
        remember(file);
        return lines;
    }

    /** Each turn is one worker's. So nothing is locked while the database is asked, which would hold up the turns of others. */
    private Told told(Turn turn, Function<Turn, Map<String, Object>> parameters) {
        Told before = told.getIfPresent(turn);
        if (before == null) {
            before = together(turn, parameters.apply(turn));
            told.put(turn, before);
        }
        return before;
    }

    private synchronized void remember(LayerFile file) {
        Usual known = usual.isOld() ? Usual.none() : usual;
        if (known.place(file) < 0) {
            usual = known.with(file);
        }
    }

    private Told together(Turn turn, Map<String, Object> parameters) {
        Usual asked = usual;
        List<List<Line>> lines = asked.files().stream().<List<Line>>map(file -> new ArrayList<>()).toList();
        try {
            wall.ask(turn.contact(), asked.query(), parameters, (row, number) -> lines.get(row.getInt("layer")).add(Rows.line(row, number)));
            return new Told(asked, lines);
        } catch (DataAccessException incompatible) {
            if (!Layers.isOfTheQuery(incompatible)) {
                throw incompatible;
            }
            // One of them does not work any more, or not beside the others: who needs it is told so, the others are asked one by one.
            log.debug("The layers cannot be asked together", incompatible);
            usual = Usual.none();
            return new Told(usual, List.of());
        }
    }
}
