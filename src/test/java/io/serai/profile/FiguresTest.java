package io.serai.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures are the same however they are written. */
class FiguresTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "a budget of $40,000            | number:40000",
        "40 000 euros                   | number:40000",
        "40k                            | number:40000",
        "CHF 40'000.50                  | number:40000.5",
        "1.5 million                    | number:1500000",
        "2,5 t                          | number:2.5",
        "only 200                       | number:200",
        "12 % off                       | percent:12",
        "12.5 percent                   | percent:12.5",
        "on 3 March                     | date:3.3",
        "March 3rd                      | date:3.3",
        "2026-03-03                     | date:3.3",
        "3.3.2026                       | date:3.3",
        "order PO-4711                  | order:po-4711",
        "quote #881                     | order:881",
        "at 10:30                       | time:10:30",
        "ada@example.org                | email:ada@example.org",
        "+49 170 1234567                | phone:491701234567",
        "two hundred and fifty          | words:two hundred and fifty",
    })
    void areKnownByTheirKeys(String text, String key) {
        assertThat(Figures.of(text)).containsOnlyKeys(key);
    }

    @Test
    void areFoundSideBySide() {
        assertThat(Figures.of("We are Acme, our budget is $40,000 for 200 units by 3 March, 5 % off, PO-7, mail ada@example.org")).containsOnlyKeys(
                "email:ada@example.org", "date:3.3", "percent:5", "order:po-7", "number:40000", "number:200");
    }

    @Test
    void areNotThereInPlainWords() {
        assertThat(Figures.of("We need a pump soon, the one in blue")).isEmpty();
    }
}
