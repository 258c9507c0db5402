package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may pass where. */
@ResourceLock(Gate.LOCK)
class SecurityTest {

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/login", "/api/chat/about"})
    void letsEverybodyIn(String path) {
        assertThat(Gate.stranger().gets(path).status()).isEqualTo(200);
    }

    @Test
    void tellsStrangersOnlyThatItIsWell() {
        assertThat(Gate.stranger().gets("/health").json().has("components")).isFalse();
        assertThat(Gate.program(Rank.VIEWER).gets("/health").json().has("components")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/prometheus", "/info", "/api/openapi.json", "/api/docs", "/api/tokens", "/v1/models", "/nowhere",
        "/env", "/actuator", "/api/messages/4b825dc6-42cb-4eb9-a060-e54bf8d69288"})
    void asksEverybodyElseForALoginOrAToken(String path) {
        var answer = Gate.stranger().gets(path);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer").doesNotContain("Basic");
        assertThat(answer.response().headers().allValues("Set-Cookie")).isEmpty();
        assertThat(answer.text()).doesNotContain("io.serai", "Exception");
    }

    @Test
    void sendsABrowserToTheLogin() {
        var answer = Gate.stranger().with("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8").gets("/api/docs");

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location")).endsWith("/login");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /prometheus, 200, 200, 200, 200",
        "GET, /metrics, 200, 200, 200, 200",
        "HEAD, /metrics, 200, 200, 200, 200",
        "HEAD, /api/tokens, 403, 403, 403, 200",
        "HEAD, /api/contacts/0/export, 403, 403, 403, 404",
        "GET, /info, 200, 200, 200, 200",
        "GET, /api/openapi.json, 200, 200, 200, 200",
        "GET, /v1/models, 403, 200, 200, 200",
        "GET, /api/tokens, 403, 403, 403, 200",
        "DELETE, /api/tokens/0, 403, 403, 403, 404",
        "GET, /api/routes, 200, 200, 200, 200",
        "POST, /api/routes/check, 403, 403, 400, 400",
        "PUT, /api/routes/files/routes/x.yaml, 403, 403, 403, 400",
        "DELETE, /api/routes/files/routes/x.yaml, 403, 403, 403, 428",
        "POST, /api/routes/revisions/0/rollback, 403, 403, 403, 404",
        "GET, /api/contacts/0/export, 403, 403, 403, 404",
        "DELETE, /api/contacts/0, 403, 403, 403, 404",
        "GET, /api/pairings, 403, 200, 200, 200",
        "POST, /nowhere, 403, 403, 403, 404"
    })
    void givesEachRoleItsOwn(String method, String path, int viewer, int operator, int engineer, int admin) {
        assertThat(status(Rank.VIEWER, method, path)).isEqualTo(viewer);
        assertThat(status(Rank.OPERATOR, method, path)).isEqualTo(operator);
        assertThat(status(Rank.ENGINEER, method, path)).isEqualTo(engineer);
        assertThat(status(Rank.ADMIN, method, path)).isEqualTo(admin);
    }

    @Test
    void knowsAPasswordAndNoOther() {
        assertThat(Gate.admin().gets("/api/tokens").status()).isEqualTo(200);
        assertThat(Gate.admin().gets("/api/tokens").response().headers().allValues("Set-Cookie")).isEmpty();
        assertThat(Gate.stranger().withPassword("admin", "wrong").gets("/api/tokens").status()).isEqualTo(401);
        assertThat(Gate.stranger().withPassword("nobody", Gate.PASSWORD).gets("/api/tokens").status()).isEqualTo(401);
        assertThat(Gate.stranger().withToken("serai_unknown").gets("/metrics").header("WWW-Authenticate")).contains("invalid_token");
    }

    @Test
    void letsAPersonLogInAndOut() {
        Caller person = login(Gate.stranger(), Gate.PASSWORD);

        assertThat(person.gets("/api/tokens").status()).isEqualTo(200);
        assertThat(person.cookie("serai_session")).isNotBlank();

        assertThat(person.postsForm("/logout", "_csrf=" + person.cookie("XSRF-TOKEN")).status()).isBetween(200, 302);
        assertThat(person.gets("/api/tokens").status()).isEqualTo(401);
    }

    @Test
    void wantsTheCsrfTokenFromASessionAndFromNobodyElse() {
        Caller person = login(Gate.stranger(), Gate.PASSWORD);

        var forged = person.posts("/api/tokens", wish());
        assertThat(forged.status()).isEqualTo(403);
        assertThat(forged.json().path("type").asText()).endsWith("csrf");
        assertThat(person.with("X-XSRF-TOKEN", person.cookie("XSRF-TOKEN")).posts("/api/tokens", wish()).status()).isEqualTo(201);

        assertThat(Gate.admin().posts("/api/tokens", wish()).status()).isEqualTo(201);
        assertThat(Gate.program(Rank.ADMIN).posts("/api/tokens", wish()).status()).isEqualTo(201);
        assertThat(Gate.stranger().posts("/api/tokens", wish()).status()).isEqualTo(401);
    }

    @Test
    void wantsTheCsrfTokenFromASessionThatShowsATokenToo() {
        Caller person = login(Gate.stranger(), Gate.PASSWORD);

        assertThat(person.withPassword("admin", Gate.PASSWORD).posts("/api/tokens", wish()).status()).isEqualTo(403);
    }

    @Test
    void letsNobodyBeLoggedInByAnotherSite() {
        for (String login : List.of("/login", "/%6Cogin")) {
            assertThat(Gate.stranger().postsForm(login, "username=admin&password=" + Gate.PASSWORD).status()).as(login).isEqualTo(403);
        }
    }

    @Test
    void endsTheSessionsOfWhoHasAnotherPasswordNow() {
        var sql = Gate.town().sql();
        String name = "staff-" + UUID.randomUUID();
        sql.sql("insert into staff (name, password, role) values (:name, '{noop}first-password', 'viewer')").param("name", name).update();
        Caller person = login(Gate.stranger(), name, "first-password");
        Caller script = Gate.stranger().withPassword(name, "first-password");
        assertThat(person.gets("/metrics").status()).isEqualTo(200);
        assertThat(script.gets("/metrics").status()).isEqualTo(200);

        sql.sql("update staff set password = '{noop}second-password' where name = :name").param("name", name).update();

        assertThat(person.gets("/metrics").status()).isEqualTo(401);
        assertThat(script.gets("/metrics").status()).isEqualTo(401);
    }

    @Test
    void slowsDownWhoGuessesPasswords() {
        Caller guesser = new Caller(Gate.town(), "127.0.0.77").withPassword("admin", "guess");
        for (int guess = 0; guess < 10; guess++) {
            assertThat(guesser.gets("/metrics").status()).isEqualTo(401);
        }

        var answer = stops(() -> guesser.gets("/metrics"));
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
        assertThat(Gate.admin().gets("/metrics").status()).isEqualTo(200);
    }

    @Test
    void doesNotCountWhoKnowsThePassword() {
        for (int request = 0; request < 25; request++) {
            assertThat(new Caller(Gate.town(), "127.0.0.78").withPassword("admin", Gate.PASSWORD).gets("/metrics").status()).isEqualTo(200);
        }
    }

    @Test
    void believesNoForwardedAddress() {
        for (int guess = 0; guess < 10; guess++) {
            guesses("10.0.0." + guess);
        }

        stops(() -> guesses("10.0.0.99"));
    }

    /** After ten, and one more every six seconds that these took. */
    private static Caller.Answer stops(Supplier<Caller.Answer> guess) {
        return Stream.generate(guess).limit(10).filter(answer -> answer.status() == 429).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/login", "/api/chat/about", "/nowhere", "/hooks/none", "/v1/models"})
    void tellsBrowsersToBeStrict(String path) {
        var answer = Gate.stranger().gets(path);

        assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'none'; script-src 'self'; style-src 'self';");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Permissions-Policy")).contains("camera=()");
        assertThat(answer.header("Server")).isNull();
    }

    @Test
    void showsItsDescriptionToStaff() {
        var description = Gate.admin().gets("/api/openapi.json");
        assertThat(description.json().at("/info/title").asText()).isEqualTo("Serai");
        assertThat(description.json().path("paths").has("/hooks/{name}")).isTrue();
        assertThat(description.json().path("paths").has("/error")).isFalse();

        var page = Gate.admin().gets("/api/swagger-ui/index.html");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Security-Policy")).contains("script-src 'self';", "style-src 'self' 'unsafe-inline'");
    }

    private static Caller.Answer guesses(String forwardedFor) {
        return new Caller(Gate.town(), "127.0.0.79").with("X-Forwarded-For", forwardedFor).withPassword("admin", "guess").gets("/metrics");
    }

    private static int status(Rank role, String method, String path) {
        return Gate.program(role).sends(method, path, BodyPublishers.noBody()).status();
    }

    private static String wish() {
        return "{\"name\": \"wish-" + UUID.randomUUID() + "\", \"role\": \"viewer\"}";
    }

    private static Caller login(Caller person, String password) {
        return login(person, "admin", password);
    }

    private static Caller login(Caller person, String name, String password) {
        person.gets("/login");
        String typed = "username=" + name + "&password=" + URLEncoder.encode(password, StandardCharsets.UTF_8);
        var answer = person.postsForm("/login", typed + "&_csrf=" + person.cookie("XSRF-TOKEN"));
        assertThat(answer.header("Location")).endsWith("/api/docs");
        return person;
    }
}
