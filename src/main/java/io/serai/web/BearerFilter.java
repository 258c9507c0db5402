package io.serai.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/** Knows programs by their token (RFC 6750, 2.1). */
class BearerFilter extends OncePerRequestFilter {

    private static final String SCHEME = "Bearer ";

    private final Tokens tokens;
    private final Problems problems;

    BearerFilter(Tokens tokens, Problems problems) {
        this.tokens = tokens;
        this.problems = problems;
    }

    /** The token that a request shows. */
    static Optional<String> token(String authorization) {
        return Optional.ofNullable(authorization)
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> token = token(request.getHeader(HttpHeaders.AUTHORIZATION));
        Optional<Tokens.Bearer> bearer = token.flatMap(tokens::find);
        if (token.isPresent() && bearer.isEmpty()) {
            problems.send(Faults.unauthenticated().header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"serai\", error=\"invalid_token\""),
                    request, response);
            return;
        }
        bearer.ifPresent(BearerFilter::enter);
        chain.doFilter(request, response);
    }

    private static void enter(Tokens.Bearer bearer) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new PreAuthenticatedAuthenticationToken(bearer.name(), null, bearer.role().authorities()));
        SecurityContextHolder.setContext(context);
    }
}
