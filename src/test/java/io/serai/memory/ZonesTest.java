package io.serai.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.town.Town;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("database")
@ResourceLock(Town.SHARED)
class ZonesTest {

    private static final Instant NOW = Instant.parse("2026-11-22T16:30:00Z");

    private final Zones zones = new Zones(Town.shared().sql());

    /** Regions, offsets that POSIX counts the other way, and a zone that only Java has. */
    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "Asia/Kolkata", "Pacific/Marquesas", "US/Eastern", "UTC", "GMT0", "Etc/GMT+5", "UTC+2", "GMT-03:30", "+05:45",
        "-08:00", "Z", "UTC-00:00:30", "SystemV/PST8"})
    void haveTheSameTimeInTheDatabase(String zone) {
        String there = Town.shared().sql().sql("select to_char(:now::timestamptz at time zone :zone, 'YYYY-MM-DD HH24:MI:SS')")
                .param("now", NOW.toString()).param("zone", zones.name(ZoneId.of(zone), NOW)).query(String.class).single();

        assertThat(there).isEqualTo(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").format(NOW.atZone(ZoneId.of(zone))));
    }
}
