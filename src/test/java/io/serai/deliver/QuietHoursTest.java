package io.serai.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {

    @ParameterizedTest(name = "{0}-{1} {2} at {3}: {4}")
    @CsvSource(nullValues = "open", value = {
        // an ordinary night over midnight, and a siesta
        "22:00, 07:00, Europe/Berlin,    2026-11-20T21:59:59+01:00, open",
        "22:00, 07:00, Europe/Berlin,    2026-11-20T22:00:00+01:00, 2026-11-21T07:00:00+01:00",
        "22:00, 07:00, Europe/Berlin,    2026-11-21T06:59:59+01:00, 2026-11-21T07:00:00+01:00",
        "22:00, 07:00, Europe/Berlin,    2026-11-21T07:00:00+01:00, open",
        "13:00, 15:00, Europe/Madrid,    2026-11-20T14:00:00+01:00, 2026-11-20T15:00:00+01:00",
        "13:00, 15:00, Europe/Madrid,    2026-11-20T23:00:00+01:00, open",
        "00:00, 06:00, Asia/Kathmandu,   2026-11-20T00:00:00+05:45, 2026-11-20T06:00:00+05:45",
        "08:00, 08:00, Europe/Berlin,    2026-11-20T08:00:00+01:00, open",
        // the clock goes forward in the night: 02:00 is 03:00
        "22:00, 07:00, Europe/Berlin,    2026-03-28T23:00:00+01:00, 2026-03-29T07:00:00+02:00",
        "22:00, 02:30, Europe/Berlin,    2026-03-29T01:59:59+01:00, 2026-03-29T03:00:00+02:00",
        "22:00, 02:30, Europe/Berlin,    2026-03-29T03:00:00+02:00, open",
        "02:30, 08:00, Europe/Berlin,    2026-03-29T01:59:59+01:00, open",
        "02:30, 08:00, Europe/Berlin,    2026-03-29T03:00:00+02:00, 2026-03-29T08:00:00+02:00",
        "02:10, 02:50, Europe/Berlin,    2026-03-29T03:00:00+02:00, open",
        "21:00, 02:00, America/New_York, 2026-03-08T01:30:00-05:00, 2026-03-08T03:00:00-04:00",
        "21:00, 06:30, America/New_York, 2026-03-07T22:00:00-05:00, 2026-03-08T06:30:00-04:00",
        // the clock goes back in the night: an hour comes twice
        "22:00, 07:00, Europe/Berlin,    2026-10-24T23:00:00+02:00, 2026-10-25T07:00:00+01:00",
        "22:00, 02:30, Europe/Berlin,    2026-10-25T02:29:59+02:00, 2026-10-25T02:30:00+02:00",
        "22:00, 02:30, Europe/Berlin,    2026-10-25T02:30:00+02:00, open",
        "22:00, 02:30, Europe/Berlin,    2026-10-25T02:10:00+01:00, open",
        "02:30, 08:00, Europe/Berlin,    2026-10-25T02:30:00+02:00, 2026-10-25T08:00:00+01:00",
        "02:30, 08:00, Europe/Berlin,    2026-10-25T02:10:00+01:00, 2026-10-25T08:00:00+01:00",
        "23:00, 01:30, America/New_York, 2026-11-01T01:15:00-04:00, 2026-11-01T01:30:00-04:00",
        "23:00, 01:30, America/New_York, 2026-11-01T01:15:00-05:00, open",
        "23:00, 08:00, America/New_York, 2026-11-01T01:15:00-05:00, 2026-11-01T08:00:00-05:00",
        // a day that was left out: Samoa went from the 29th to the 31st
        "22:00, 07:00, Pacific/Apia,     2011-12-29T23:00:00-10:00, 2011-12-31T00:00:00+14:00",
        "22:00, 07:00, Pacific/Apia,     2011-12-31T00:00:00+14:00, 2011-12-31T07:00:00+14:00"
    })
    void endOnceByTheClockOnTheWall(LocalTime from, LocalTime to, ZoneId zone, OffsetDateTime now, OffsetDateTime end) {
        Instant expected = end == null ? null : end.toInstant();
        assertThat(new QuietHours(from, to, zone).end(now.toInstant()).orElse(null)).isEqualTo(expected);
    }
}
