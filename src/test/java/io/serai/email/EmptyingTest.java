package io.serai.email;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serai.channel.Door;
import io.serai.message.Refused;
import java.time.Instant;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** What becomes of a mail by how its route failed. */
class EmptyingTest {

    private static final Letter LETTER = new Letter("main", new byte[0], Instant.EPOCH);

    /** What is refused is put aside at once. */
    @Test
    void refusesAMailThatOverflowsTheStack() throws Exception {
        assertThatThrownBy(() -> handOver(new StackOverflowError())).isInstanceOf(Refused.class).hasMessageContaining("stack");
    }

    @Test
    void triesAgainWhateverElseFails() throws Exception {
        assertThatThrownBy(() -> handOver(new IllegalStateException("no room"))).isExactlyInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> handOver(new Exception("no room"))).isExactlyInstanceOf(CamelExecutionException.class);
        assertThatThrownBy(() -> handOver(new OutOfMemoryError("no room"))).isExactlyInstanceOf(CamelExecutionException.class);
    }

    private static void handOver(Throwable failure) throws Exception {
        try (var camel = new DefaultCamelContext()) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:receive/email").process(exchange -> exchange.setException(failure));
                }
            });
            camel.start();
            new Emptying(null, null, null, new Door(camel.createProducerTemplate()), null, null).handOver(LETTER);
        }
    }
}
