package io.serai.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Figures are the same however they are written. */
class FiguresTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "a budget of $40,000            | number:40000 usd",
        "40 000 euros                   | number:40000 eur",
        "40k                            | number:40000",
        "$40k                           | number:40000 usd",
        "EUR900                         | number:900 eur",
        "CHF 40'000.50                  | number:40000.5 chf",
        "1.5 million                    | number:1500000",
        "1.5 million dollars            | number:1500000 usd",
        "2,5 t                          | number:2.5",
        "only 200                       | number:200",
        "200 units                      | number:200",
        "30 days                        | number:30 day",
        "a 30-day trial                 | number:30 day",
        "in 6 months                    | number:6 month",
        "12 % off                       | percent:12",
        "12.5 percent                   | percent:12.5",
        "on 3 March                     | date:3.3",
        "March 3rd                      | date:3.3",
        "on 3 March 2026                | date:3.3 2026",
        "March 3rd, 2026                | date:3.3 2026",
        "2026-03-03                     | date:3.3 2026",
        "3.3.2026                       | date:3.3 2026",
        "3.3.26                         | date:3.3 2026",
        "order PO-4711                  | order:po-4711",
        "quote #881                     | order:881",
        "at 10:30                       | time:10:30",
        "at 5:30pm                      | time:5:30 pm",
        "at 5.30 p.m.                   | time:5:30 pm",
        "at 5 am                        | time:5:00 am",
        "ada@example.org                | email:ada@example.org",
        "+49 170 1234567                | phone:491701234567",
        "two hundred and fifty          | words:two hundred and fifty",
        "２００个                          | number:200",
        "٢٠٠ قطعة                       | number:200",
        "１２％                            | percent:12",
        "500元                          | number:500 cny",
        "₹1,50,000                      | number:150000 inr",
        "₹1,00,000                      | number:100000 inr",
        "₹1,00,00,000                   | number:10000000 inr",
        "₹12,34,567.50                  | number:1234567.5 inr",
        "1.5 lakh rupees                | number:150000 inr",
        "2 Lakhs                        | number:200000",
        "₹1.5 crore                     | number:15000000 inr",
        "3 crores                       | number:30000000",
        "40 thousands                   | number:40000",
        "1.5 millions                   | number:1500000",
        "1,5 Millionen Euro             | number:1500000 eur",
        "5 Mio. EUR                     | number:5000000 eur",
        "5 Mio €                        | number:5000000 eur",
        "2 Mrd. Euro                    | number:2000000000 eur",
        "1 Milliarde                    | number:1000000000",
        "2 milliards d'euros            | number:2000000000",
        "3 millones                     | number:3000000",
        "1 millón                       | number:1000000",
        "2 billions                     | number:2000000000",
        "5万元                           | number:50000 cny",
        "５００萬円                         | number:5000000 jpy",
        "1.2亿                           | number:120000000",
        "３億円                           | number:300000000 jpy",
        "5 Millionaires                 | number:5",
    })
    void areKnownByTheirKeys(String text, String key) {
        assertThat(Figures.of(text)).containsExactly(key);
    }

    @Test
    void areFoundSideBySide() {
        assertThat(Figures.of("We are Acme, our budget is $40,000 for 200 units by 3 March, 5 % off, PO-7, mail ada@example.org")).containsOnly(
                "email:ada@example.org", "date:3.3", "percent:5", "order:po-7", "number:40000 usd", "number:200");
        assertThat(Figures.of("$200 $300, 5 EUR 6 EUR")).containsOnly("number:200 usd", "number:300 usd", "number:5 eur", "number:6 eur");
        assertThat(Figures.of("2,50 and 1,000; 1,250,000; 3,50, 200 of 1,20,300,400")).contains("number:2.5", "number:1000", "number:1250000", "number:3.5", "number:200")
                .doesNotContain("number:120300", "number:350200");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "$40,000      | 40000 dollars | true",
        "$40,000      | 40,000        | true",
        "40,000       | $40,000       | true",
        "$40,000      | 40,000 euros  | false",
        "3 March 2026 | on 3 March    | true",
        "3 March 2026 | 2027-03-03    | false",
        "30 days      | 300 days      | false",
        "5:30 pm      | 5:30pm        | true",
        "5:30 pm      | 5:30          | true",
        "5:30 pm      | 5:30 am       | false",
    })
    void areSaidAlsoWithoutCurrencyYearAndHalfOfTheDay(String claimed, String said, boolean so) {
        assertThat(Figures.areSaid(Figures.of(claimed), Figures.of(said))).isEqualTo(so);
    }

    @Test
    void tellTheDayWithItsYear() {
        assertThat(Figures.toldBy("on 3 March 2026, $5")).containsOnly("date:3.3", "date:3.3 2026", "number:5 usd");
    }

    @Test
    void areNotThereInPlainWords() {
        assertThat(Figures.of("We need a pump soon, the one in blue")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1 000 ", "1'", "two ", "a@a.", "a.a@", "1.1", "1,11,", "1,11,111,", "0 1", "\u0301", "1\u0301\u0301\u0301"})
    void areFoundBesideWhatHasNoEnd(String endless) {
        String text = "5 % off, " + endless.repeat(100_000 / endless.length()) + " on 3 March";
        assertThat(assertTimeout(Duration.ofSeconds(10), () -> Figures.of(text))).contains("percent:5", "date:3.3");
    }
}
