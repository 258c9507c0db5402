package io.serai.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.ClientAbortException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Around all filters: what they throw becomes a problem too, and not the server's error page. Once something was told it is too late for that: the
 * line is cut, so that nobody takes a part for the whole.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class LastResort extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(LastResort.class);

    private final Problems problems;

    LastResort(Problems problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException wrapped) {
            end(wrapped.getRootCause() == null ? wrapped : wrapped.getRootCause(), request, response);
        } catch (RuntimeException thrown) {
            end(thrown, request, response);
        }
    }

    private void end(Throwable thrown, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            log.warn("The answer to {} broke off", request.getRequestURI(), thrown);
            throw new ClientAbortException(thrown); // the one at which Tomcat hangs up and shows no page of its own
        }
        problems.send(Faults.of(thrown), request, response);
    }
}
