package io.serai.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a promise is told to models. */
class CommitmentsTest {

    @ParameterizedTest
    @CsvSource({
        "by Friday,         2026-11-27T23:00Z, 'send the quote (by Friday, Fri 27 Nov 2026)'",
        "by Friday at 5 pm, 2026-11-27T16:00Z, 'send the quote (by Friday at 5 pm, Fri 27 Nov 2026 17:00)'",
        ",                  2026-11-27T23:00Z, 'send the quote (Fri 27 Nov 2026)'",
        "soon,              ,                  'send the quote (soon)'",
        ",                  ,                  'send the quote'",
    })
    void tellTheDayThatWasPromised(String due, OffsetDateTime at, String told) {
        assertThat(new Commitments.Commitment(1, "us", "send the quote", due, at, null, 2).told(ZoneId.of("Europe/Berlin"))).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource("2027-03-27T22:00Z, 'send the quote (Sat 27 Mar 2027)'")
    void tellItWhereTheNextDayBeginsAtOne(OffsetDateTime at, String told) {
        assertThat(new Commitments.Commitment(1, "us", "send the quote", null, at, null, 2).told(ZoneId.of("Asia/Beirut"))).isEqualTo(told);
    }
}
