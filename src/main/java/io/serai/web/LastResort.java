package io.serai.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Around all filters: what they throw becomes a problem too, and not the server's error page. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class LastResort extends OncePerRequestFilter {

    private final Problems problems;

    LastResort(Problems problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException wrapped) {
            problems.send(Faults.of(wrapped.getRootCause() == null ? wrapped : wrapped.getRootCause()), request, response);
        } catch (RuntimeException thrown) {
            problems.send(Faults.of(thrown), request, response);
        }
    }
}
