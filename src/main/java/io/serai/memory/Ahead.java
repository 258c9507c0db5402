package io.serai.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.serai.message.Line;
import io.serai.message.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.stereotype.Component;

/**
 * Asks with the first layer of a turn what the layers after it will ask: a round trip for each of eight layers costs a hub more than all else it does for
 * an answer. Which they will be is known from the turns before; a layer that nobody has asked of late is asked by itself.
 */
@Component
class Ahead {

    private static final Logger log = LoggerFactory.getLogger(Ahead.class);

    private static final int MOST = 30;

    private final Wall wall;

    /** The layers that were asked of late, and worked. */
    private final Cache<LayerFile, LayerFile> usual = Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(Duration.ofMinutes(10)).build();

    /** By the turn itself, not by what it says: what was told before is not told of another attempt. */
    private final Cache<Turn, Map<LayerFile, List<Line>>> told = Caffeine.newBuilder().weakKeys().expireAfterWrite(Duration.ofMinutes(1)).build();

    Ahead(Wall wall) {
        this.wall = wall;
    }

    /** @param parameters what the layers may ask with, before any of them was laid */
    List<Line> ask(LayerFile file, Turn turn, Map<String, Object> parameters) {
        boolean known = usual.getIfPresent(file) != null;
        List<Line> lines = known ? told.get(turn, fresh -> together(turn, parameters)).get(file) : null;
        if (lines == null) {
            lines = wall.ask(turn.contact(), file.sql(), parameters, Layers::line);
            usual.put(file, file);
        }
        return lines;
    }

    private Map<LayerFile, List<Line>> together(Turn turn, Map<String, Object> parameters) {
        List<LayerFile> files = usual.asMap().keySet().stream().sorted((one, other) -> one.name().compareTo(other.name())).toList();
        Map<LayerFile, List<Line>> all = new HashMap<>();
        files.forEach(file -> all.put(file, new ArrayList<>()));
        try {
            wall.ask(turn.contact(), union(files), parameters, (row, number) -> all.get(files.get(row.getInt("layer"))).add(Layers.line(row, number)));
            return all;
        } catch (InvalidDataAccessResourceUsageException incompatible) {
            // One of them does not work any more, or not beside the others: whoever needs it is told.
            log.debug("The layers {} cannot be asked together", files.stream().map(LayerFile::name).collect(Collectors.joining(", ")), incompatible);
            usual.invalidateAll();
            return Map.of();
        }
    }

    private static String union(List<LayerFile> files) {
        List<String> queries = new ArrayList<>();
        for (LayerFile file : files) {
            queries.add("""
                    select %d as layer, row_number() over () as place, source::text, role::text, at::timestamptz, text::text from (
                    %s
                    ) as told""".formatted(queries.size(), file.sql().strip().replaceFirst(";$", "")));
        }
        return String.join("\nunion all\n", queries) + "\norder by layer, place";
    }
}
