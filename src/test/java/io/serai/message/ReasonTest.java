package io.serai.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReasonTest {

    /** "Dead letter in turns, conversation 7: null" helps nobody. */
    @Test
    void saysWhatStoppedItWhenThatSaysNothingItself() {
        var lease = new Lease("turns", 7, 1, 1);
        assertThat(new DeadLetter(lease, List.of(1L), null, new NullPointerException()).text()).endsWith("conversation 7: NullPointerException");
        assertThat(new DeadLetter(lease, List.of(1L), null, new IllegalStateException(null, new Refused("no such room"))).text()).endsWith(": no such room");
    }
}
