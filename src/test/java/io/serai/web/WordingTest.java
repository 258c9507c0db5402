package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordingTest {

    @Test
    void keepsWhatPeopleWrite() {
        String text = "שלום 👩‍👩‍👧 \t naïve\nمرحبا <b>&amp;</b>";
        assertThat(Wording.clean(text)).isEqualTo(text);
    }

    @Test
    void leavesOutWhatCannotBeKept() {
        assertThat(Wording.clean("a\u0000b\u001b[31mc\u0085d\u007f")).isEqualTo("ab[31mcd");
    }

    @Test
    void writesLineEndsInOneWay() {
        assertThat(Wording.clean("a\r\nb\rc\nd")).isEqualTo("a\nb\nc\nd");
    }

    @Test
    void mendsHalfACharacter() {
        assertThat(Wording.clean("a\ud83db\ude42c\ud83d\ude42")).isEqualTo("a\ufffdb\ufffdc\ud83d\ude42");
    }
}
