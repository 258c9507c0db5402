package io.serai.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.filter.OncePerRequestFilter;

/** Ends a session whose member has left, or has another password or role now; lets the others know their CSRF token. */
class StillStaff extends OncePerRequestFilter {

    private final Staff staff;

    StillStaff(Staff staff) {
        this.staff = staff;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpSession session = request.getSession(false);
        var login = SecurityContextHolder.getContext().getAuthentication();
        if (session != null && login != null && login.getPrincipal() instanceof Staff.Member member) {
            if (staff.find(member.name()).equals(Optional.of(member))) {
                show(request);
            } else {
                session.invalidate();
                SecurityContextHolder.clearContext();
            }
        }
        chain.doFilter(request, response);
    }

    /** The token's cookie is written when somebody asks for the token. */
    private static void show(HttpServletRequest request) {
        if (request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token) {
            token.getToken();
        }
    }
}
