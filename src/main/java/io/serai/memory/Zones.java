package io.serai.memory;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Time zones under names by which PostgreSQL means what we mean: to it, {@code UTC+2} lies in the west (POSIX), and a server without the zones of former
 * days knows no {@code US/Eastern}.
 */
@Component
class Zones {

    private static final Set<String> REGIONS = ZoneId.getAvailableZoneIds();

    private final JdbcClient jdbc;
    private final Map<String, Boolean> known = new ConcurrentHashMap<>();

    Zones(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return the name of the zone; of one that goes by another name, or none, there, what it is ahead of UTC at that moment */
    String name(ZoneId zone, Instant at) {
        return REGIONS.contains(zone.getId()) && isKnown(zone.getId()) ? zone.getId() : posix(zone.getRules().getOffset(at));
    }

    private boolean isKnown(String name) {
        Boolean before = known.get(name);
        if (before != null) {
            return before;
        }
        boolean found = jdbc.sql("select exists (select from pg_timezone_names where name = :name)").param("name", name).query(Boolean.class).single();
        known.put(name, found);
        return found;
    }

    /** POSIX.1-2017, 8.3: what must be added to the time there for that of UTC, behind a name for it. */
    private static String posix(ZoneOffset ahead) {
        int seconds = Math.abs(ahead.getTotalSeconds());
        String time = "%02d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
        boolean east = ahead.getTotalSeconds() > 0;
        return "<%s%s>%s%s".formatted(east ? "+" : "-", time.replace(":", ""), east ? "-" : "+", time);
    }
}
