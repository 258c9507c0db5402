package io.serai.think;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

    @ParameterizedTest
    @ValueSource(strings = {"The quick brown fox. ", "我们的仓库在波尔图。", "Наш склад находится в Порту. ", "0123456789"})
    void ofALongTextAreAsManyAsOfItsParts(String sentence) {
        String part = sentence.repeat(100_000 / sentence.length());
        assertThat(Tokens.in(part.repeat(8))).isBetween((int) (Tokens.in(part) * 7.5), (int) (Tokens.in(part) * 8.5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "The quick brown fox.", "我们的仓库在波尔图", "Ꙭꙮ𐎀𐎁🏳️‍🌈👩‍👩‍👧‍👦", "ﷺﷺﷺ", "\u0000\u0007\u009f", "ÿÞ¤±"})
    void areNoMoreThanAreGuessedWithoutCounting(String text) {
        assertThat(Tokens.in(text)).isLessThanOrEqualTo(Tokens.atMost(text));
    }
}
