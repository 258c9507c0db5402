package io.serai.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pieces of text that has no spaces between its words. */
class UnspacedTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            Pumps for 40,000            | Pumps for 40,000     | -
            价格                        | ' '                  | 价,价格,格
            型号HP-200的价格            | ' HP-200 '           | 型,型号,号,的,的价,价,价格,格
            猫はどこ?                   | ' ?'                 | 猫,猫は,はど,どこ
            サーバー                    | ' '                  | サー,ーバ,バー
            집은                        | ' '                  | 집,집은,은
            ราคา 40                     | '  40'               | ราค,าคา
            กา                          | ' '                  | กา
            𠮷野                        | ' '                  | 𠮷,𠮷野,野
            """)
    void cutsWhatHasNoSpaces(String text, String words, String pieces) {
        assertThat(Unspaced.without(text)).isEqualTo(words);
        assertThat(Unspaced.pieces(text)).containsExactly(pieces == null ? new String[0] : pieces.split(","));
    }

    /** Postgres goes back at each of these; what it is given holds no long run of them. */
    @ParameterizedTest
    @ValueSource(strings = {"<!--", "<!-- ", "a_", "_a", "1_", "ab_cd_"})
    void leavesNothingThatIsReadForMinutes(String bomb) {
        assertThat(Unspaced.without(bomb.repeat(20_000)).split("\\s")).allMatch(run -> run.length() <= 200 && !run.contains("<"));
        assertThat(Unspaced.without("order_no_123 of <ada@example.org>")).isEqualTo("order_no_123 of  ada@example.org>");
    }

    @Test
    void knowsHowMuchOfATextIsReadWordByWord() {
        assertThat(Unspaced.spaced("pumps")).isEqualTo(1);
        assertThat(Unspaced.spaced("?")).isEqualTo(1);
        assertThat(Unspaced.spaced("价格?")).isZero();
        assertThat(Unspaced.spaced("价格 HP")).isEqualTo(0.5);
    }

    @Test
    void readsALongTextAtOnce() {
        assertThat(Unspaced.pieces("预算".repeat(50_000))).containsExactlyInAnyOrder("预", "算", "预算", "算预");
    }
}
