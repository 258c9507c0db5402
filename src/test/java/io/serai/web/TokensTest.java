package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Keys for programs. */
@Tag("database")
@ResourceLock(Gate.LOCK)
class TokensTest {

    private final String name = "token-" + UUID.randomUUID();

    @Test
    void isShownOnceAndThenOnlyListed() {
        var made = Gate.admin().posts("/api/tokens", wish("viewer"));
        String token = made.json().path("token").asText();

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Location")).isEqualTo("/api/tokens/" + made.json().path("id").asLong());
        assertThat(token).matches("serai_[A-Za-z0-9_-]{43}");
        assertThat(Gate.admin().gets("/api/tokens?limit=1").text()).contains(name, "\"next\"").doesNotContain(token);
    }

    @Test
    void holdsUntilItIsTakenBack() {
        var made = Gate.admin().posts("/api/tokens", wish("viewer"));
        Caller program = Gate.stranger().withToken(made.json().path("token").asText());
        assertThat(program.gets("/metrics").status()).isEqualTo(200);

        assertThat(Gate.admin().sends("DELETE", made.header("Location"), BodyPublishers.noBody()).status()).isEqualTo(204);

        assertThat(program.gets("/metrics").status()).isEqualTo(401);
        assertThat(Gate.admin().sends("DELETE", made.header("Location"), BodyPublishers.noBody()).status()).isEqualTo(404);
    }

    @Test
    void notesItsUseToTheMinute() {
        var sql = Gate.town().sql();
        Caller program = Gate.stranger().withToken(Gate.admin().posts("/api/tokens", wish("viewer")).json().path("token").asText());
        program.gets("/metrics");
        Instant first = lastUse();
        program.gets("/metrics");
        assertThat(lastUse()).isEqualTo(first);

        sql.sql("update token set last_used_at = last_used_at - interval '2 minutes' where name = :name").param("name", name).update();
        program.gets("/metrics");
        assertThat(lastUse()).isAfterOrEqualTo(first);
    }

    @Test
    void hasANameOfItsOwn() {
        assertThat(Gate.admin().posts("/api/tokens", wish("viewer")).status()).isEqualTo(201);
        assertThat(Gate.admin().posts("/api/tokens", wish("admin")).status()).isEqualTo(409);
        assertThat(Gate.admin().posts("/api/tokens", "{\"name\": \"environment\", \"role\": \"viewer\"}").status()).isEqualTo(409);
    }

    private Instant lastUse() {
        return Gate.town().sql().sql("select last_used_at from token where name = :name")
                .param("name", name)
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    private String wish(String role) {
        return "{\"name\": \"" + name + "\", \"role\": \"" + role + "\"}";
    }
}
