package io.serai.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What text means, whatever people send. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddingsTest {

    private final Embeddings embeddings = new Embeddings();

    @AfterAll
    void close() {
        embeddings.destroy();
    }

    /** Zero-width space, replacement character, accent, vowel sign, soft hyphen, number sign, private use, half a surrogate pair. */
    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "\u200b", "\ufffd\ufffd", "\u0301", "\u1734", "\u00ad", "\u0600", "\ue000", "\ud83d"})
    void takesWhatHasNothingToReadForNothing(String text) {
        assertThat(embeddings.of(text)).isEqualTo(embeddings.of("(nothing)"));
    }

    @Test
    void takesAnEmojiForWhatItIs() {
        assertThat(embeddings.of("\ud83d\ude00")).isNotEqualTo(embeddings.of("(nothing)"));
    }

    @Test
    void readsNoFurtherThanTheModelWould() {
        assertThat(embeddings.of("\u200b".repeat(5_000) + "budget")).isEqualTo(embeddings.of("(nothing)"));
    }
}
