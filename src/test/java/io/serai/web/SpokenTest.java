package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Words that were given cannot be taken back. */
class SpokenTest {

    private final Spoken spoken = new Spoken();

    @Test
    void givesEachWordOnce() {
        spoken.begin();

        assertThat(spoken.hear(" Good")).isEqualTo("Good");
        assertThat(spoken.hear(" day")).isEqualTo(" day");
        assertThat(spoken.hear(" \n")).isEmpty();
        assertThat(spoken.end("Good day")).contains("");
    }

    @Test
    void goesOnBehindWhatAnAttemptHasInCommonWithTheLast() {
        spoken.begin();
        spoken.hear("Good da");
        spoken.begin();

        assertThat(spoken.hear("Good")).isEmpty();
        assertThat(spoken.hear(" day")).isEqualTo("y");
        assertThat(spoken.end("Good day, Ann")).contains(", Ann");
    }

    @Test
    void endsWhenTheAnswerIsAnother() {
        spoken.begin();
        spoken.hear("Good day");
        spoken.begin();

        assertThat(spoken.hear("Hello")).isEmpty();
        assertThat(spoken.end("Hello there")).isEmpty();
    }

    @Test
    void givesNothingOfAnAttemptWhoseBeginningItMissed() {
        assertThat(spoken.hear("day, Ann")).isEmpty();
        assertThat(spoken.end("Good day, Ann")).contains("Good day, Ann");
    }

    @Test
    void givesAllAtOnceWhenNothingWasHeard() {
        assertThat(spoken.end("Good day")).contains("Good day");
    }
}
