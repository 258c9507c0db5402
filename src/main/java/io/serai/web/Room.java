package io.serai.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * No more requests at once than memory has room for: a crowd that waits in here for its answers would end the hub for everybody. Who finds no room is
 * told so at once (503), which costs next to nothing. Open event streams are not counted, they have a limit of their own.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 15)
class Room extends OncePerRequestFilter {

    /** A request and its turn hold about 130 KB while they wait (measured), each open connection 16; a third of the heap is for what comes and goes. */
    private static final long EACH = 512 * 1024;

    /** Whoever watches over the hub sees it in a crowd, too. */
    private static final Set<String> ALWAYS = Set.of("/health", "/prometheus");

    private final Semaphore room;
    private final Counter refused;

    Room(LimitsSettings limits, MeterRegistry meters) {
        room = new Semaphore(limits.requests() > 0 ? limits.requests() : (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / EACH));
        refused = meters.counter("serai.crowded");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
        if (ALWAYS.contains(request.getRequestURI())) {
            chain.doFilter(request, response);
            return;
        }
        if (!room.tryAcquire()) {
            refused.increment();
            throw new Unavailable(new RejectedExecutionException("too many requests at once"));
        }
        try {
            chain.doFilter(request, response);
        } finally {
            room.release();
        }
    }
}
