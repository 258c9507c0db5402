package io.serai.deliver;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a contact wants to be left alone, each day or night, by the clock on their wall. A time that a change of the clock leaves out is the moment of
 * the change; of a time that comes twice the first counts, so that a night ends once.
 */
record QuietHours(LocalTime from, LocalTime to, ZoneId zone) {

    /** When they end, if it is quiet now. */
    Optional<Instant> end(Instant now) {
        LocalDate today = now.atZone(zone).toLocalDate();
        return Stream.of(today.minusDays(1), today)
                .filter(day -> !now.isBefore(instant(day, from)) && now.isBefore(end(day)))
                .map(this::end)
                .findFirst();
    }

    private Instant end(LocalDate day) {
        return instant(from.isBefore(to) ? day : day.plusDays(from.equals(to) ? 0 : 1), to);
    }

    private Instant instant(LocalDate day, LocalTime time) {
        ZoneOffsetTransition change = zone.getRules().getTransition(day.atTime(time));
        return change != null && change.isGap() ? change.getInstant() : ZonedDateTime.of(day, time, zone).toInstant();
    }
}
