package io.serai.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a promise is overdue. Everything was said on Friday 20 November 2026 at 23:30 in Berlin, where it is 22:30 UTC. */
class DueTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant SAID = Instant.parse("2026-11-20T22:30:00Z");

    @ParameterizedTest
    @CsvSource({
        "today,                        2026-11-21T00:00",
        "tonight,                      2026-11-21T00:00",
        "tomorrow,                     2026-11-22T00:00",
        "send the quote tomorrow,      2026-11-22T00:00",
        "the day after tomorrow,       2026-11-23T00:00",
        "tomorrow at 10:00,            2026-11-21T10:00",
        "tomorrow by 5 pm,             2026-11-21T17:00",
        "tomorrow at 10:05am,          2026-11-21T10:05",
        "tomorrow by 5.30 p.m.,        2026-11-21T17:30",
        "by 5:30pm,                    2026-11-21T17:30",
        "tomorrow at noon,             2026-11-21T12:00",
        "by Monday,                    2026-11-24T00:00",
        "by Friday,                    2026-11-28T00:00",
        "next Friday,                  2026-11-28T00:00",
        "next Tuesday,                 2026-11-25T00:00",
        "in 3 days,                    2026-11-24T00:00",
        "in two weeks,                 2026-12-05T00:00",
        "within a week,                2026-11-28T00:00",
        "in 3 business days,           2026-11-26T00:00",
        "within 2 hours,               2026-11-21T01:30",
        "in 20 minutes,                2026-11-20T23:50",
        "in a month,                   2026-12-21T00:00",
        "next week,                    2026-11-28T00:00",
        "by the end of the week,       2026-11-21T00:00",
        "by the end of the month,      2026-12-01T00:00",
        "next month,                   2027-01-01T00:00",
        "on 2026-12-01,                2026-12-02T00:00",
        "on 3 March,                   2027-03-04T00:00",
        "until 3rd of December 2026,   2026-12-04T00:00",
        "by December 24th,             2026-12-25T00:00",
        "bis 24.12.,                   2026-12-25T00:00",
        "by 9 am,                      2026-11-21T09:00",
        "EOD,                          2026-11-21T00:00",
        "by the end of the day,        2026-11-21T00:00",
        "by EOD Friday,                2026-11-28T00:00",
        "by end of day Monday,         2026-11-24T00:00",
        "by the end of day on 3 March, 2027-03-04T00:00",
        "end of the day tomorrow,      2026-11-22T00:00",
        "by EOD next week,             2026-11-28T00:00",
        "in 3 days by EOD,             2026-11-24T00:00",
        "within 14 days from today,    2026-12-05T00:00",
        "14 days  from today,          2026-12-05T00:00",
        "a week from tomorrow,         2026-11-29T00:00",
        "two hours from now,           2026-11-21T01:30",
        "today in two weeks,           2026-12-05T00:00",
        "'starting today, within two weeks', 2026-12-05T00:00",
        "'by Monday, if not today',    2026-11-24T00:00",
        "'this week\'\'s figures tomorrow', 2026-11-22T00:00",
        "'next month\'\'s forecast today', 2026-11-21T00:00",
        "by Tuesday or tomorrow,       2026-11-25T00:00",
        "today and the rest by Monday, 2026-11-21T00:00",
        "'today, Friday',              2026-11-21T00:00",
        "this evening,                 2026-11-21T00:00",
        "the day after tomorrow or on Friday, 2026-11-23T00:00",
    })
    void isResolvedWhereTheContactIs(String words, LocalDateTime there) {
        assertThat(Due.of(words, SAID, BERLIN)).contains(there.atZone(BERLIN).toInstant());
    }

    @ParameterizedTest
    @ValueSource(strings = {"by next Friday", "by Friday next week", "next week on Friday"})
    void isADayOfNextWeek(String words) {
        Instant monday = Instant.parse("2026-11-16T10:00:00Z");
        assertThat(Due.of(words, monday, BERLIN)).contains(LocalDateTime.parse("2026-11-28T00:00").atZone(BERLIN).toInstant());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "when we can", "as soon as possible", "on 31 February", "for two weeks", "on 2026-13-45", "at 99:99", "by 45 pm", "the fridaynight club"})
    void isNothingWhereNoTimeIsNamed(String words) {
        assertThat(Due.of(words, SAID, BERLIN)).isEmpty();
    }
}
