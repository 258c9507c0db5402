package io.serai.web;

import io.serai.database.SigningKey;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who is at the page: a random number in a cookie that we have signed. A cookie that we have not signed is no cookie, and its bearer a new
 * visitor.
 */
@Component
class Visitors {

    static final String COOKIE = "serai_visitor";
    private static final Duration KEPT = Duration.ofDays(365);
    private static final Pattern FORM = Pattern.compile("([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\\.([A-Za-z0-9_-]{43})");
    private static final Set<String> OUR_OWN_PAGE = Set.of("same-origin", "none");

    private final SigningKey key;

    Visitors(JdbcClient database) {
        this.key = new SigningKey(database, "visitor-cookie");
    }

    /**
     * The visitor who makes this request. The cookie is set anew each time, so that it lasts a year from the last visit.
     *
     * @throws Stopped with 403 when the request comes from another site's page (Fetch Metadata: Sec-Fetch-Site)
     */
    Visitor identify(HttpServletRequest request, HttpServletResponse response) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !OUR_OWN_PAGE.contains(site)) {
            throw new Stopped(Fault.of(HttpStatus.FORBIDDEN, "The web chat answers its own page, and not one of another site.").kind("cross-site"));
        }
        Visitor visitor = known(request).orElseGet(() -> new Visitor(UUID.randomUUID()));
        ResponseCookie cookie = ResponseCookie.from(COOKIE, write(visitor))
                .path("/")
                .httpOnly(true)
                .sameSite("Strict")
                .secure(request.isSecure())
                .maxAge(KEPT)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
        return visitor;
    }

    /** Who this request says it is from, and proves it. */
    Optional<Visitor> known(HttpServletRequest request) {
        return cookies(request).flatMap(value -> read(value).stream()).findFirst();
    }

    String write(Visitor visitor) {
        return visitor.id() + "." + seal(visitor.id().toString());
    }

    Optional<Visitor> read(String cookie) {
        var parts = FORM.matcher(cookie);
        if (!parts.matches() || !isEqual(parts.group(2), seal(parts.group(1)))) {
            return Optional.empty();
        }
        return Optional.of(new Visitor(UUID.fromString(parts.group(1))));
    }

    private String seal(String id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.sign(id.getBytes(StandardCharsets.US_ASCII)));
    }

    private static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    private static Stream<String> cookies(HttpServletRequest request) {
        return request.getCookies() == null
                ? Stream.empty()
                : Arrays.stream(request.getCookies()).filter(cookie -> cookie.getName().equals(COOKIE)).map(Cookie::getValue);
    }
}
