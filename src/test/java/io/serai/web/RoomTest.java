package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.FilterChain;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;

/** A crowd before a small hub. */
class RoomTest {

    private static final int REQUESTS = 2;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Room room = new Room(new LimitsSettings(2, 2, 3, 2, 2, 2, REQUESTS, DataSize.ofMegabytes(1), DataSize.ofMegabytes(4),
            Duration.ofSeconds(20), 100), meters);

    @Test
    void refusesAtOnceWhoFindsNoRoomAndLetsInWhoComesLater() throws Exception {
        var inside = new CountDownLatch(REQUESTS);
        var answered = new CountDownLatch(1);
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            FilterChain waits = (request, response) -> {
                inside.countDown();
                await(answered);
            };
            Future<?> first = people.submit(() -> ask("/v1/chat/completions", waits));
            Future<?> second = people.submit(() -> ask("/api/chat", waits));
            await(inside);
            assertThatThrownBy(() -> ask("/v1/chat/completions", (request, response) -> {})).isInstanceOf(Unavailable.class);
            assertThat(ask("/health", (request, response) -> {})).isTrue();
            answered.countDown();
            assertThat(first.get()).isEqualTo(true);
            assertThat(second.get()).isEqualTo(true);
        }
        assertThat(ask("/v1/chat/completions", (request, response) -> {})).isTrue();
        assertThat(meters.counter("serai.crowded").count()).isEqualTo(1);
    }

    @Test
    void makesRoomAgainWhenARequestFails() throws Exception {
        for (int times = 0; times < 2 * REQUESTS; times++) {
            assertThatThrownBy(() -> ask("/api/chat", (request, response) -> {
                throw new IllegalStateException("broken");
            })).isInstanceOf(IllegalStateException.class);
        }
        assertThat(ask("/api/chat", (request, response) -> {})).isTrue();
    }

    private boolean ask(String path, FilterChain chain) throws Exception {
        room.doFilter(new MockHttpServletRequest("POST", path), new MockHttpServletResponse(), chain);
        return true;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
