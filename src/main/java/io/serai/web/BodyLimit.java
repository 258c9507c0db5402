package io.serai.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stops a body that is too large: by its declared length before a byte is read, and by what really arrives when that is not declared. Stops one that
 * drips, too, since a request keeps its place in the {@link Room} while its body comes.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
class BodyLimit extends OncePerRequestFilter {

    private final LimitsSettings limits;
    private final DataSize form;

    BodyLimit(LimitsSettings limits, ServerProperties server) {
        this.limits = limits;
        this.form = server.getTomcat().getMaxHttpFormPostSize();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        DataSize limit = request.getRequestURI().startsWith("/v1/") ? limits.completionBody() : limits.body();
        if (request.getContentLengthLong() > limit.toBytes()) {
            throw Body.tooLarge(limit);
        }
        chain.doFilter(new Body(request, limit, form.isNegative() ? limit : form, limits.bodyPatience()), response);
    }
}
