package io.serai.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What anybody may send. */
class InboundTest {

    @Test
    void takesOfAnEndlessNameItsBeginning() {
        assertThat(from("Ada Lovelace").author()).isEqualTo("Ada Lovelace");
        assertThat(from("x".repeat(4_000)).author()).hasSizeLessThanOrEqualTo(201).startsWith("xxx");
        assertThat(from(null).author()).isNull();
    }

    private static Inbound from(String author) {
        return new Inbound("email", "main", "ada@example.org", "1", author, "Hello", List.of(), null, null, Instant.EPOCH, null);
    }
}
