package io.serai.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.serai.Sha256;
import io.serai.WrongSetting;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The keys of programs. Only their SHA-256 is kept: a token is 256 random bits, which no slow hash could make harder to guess. */
@Component
class Tokens {

    /** The name of the token from the settings; its users must not meet those of a token that somebody makes. */
    static final String ENVIRONMENT = "environment";

    private static final String PREFIX = "serai_";
    private static final int RANDOM_BYTES = 32;
    private static final int SHORTEST = 20;

    private final JdbcClient database;
    private final Optional<byte[]> given;
    private final Rank givenRole;
    private final SecureRandom random = new SecureRandom();

    Tokens(JdbcClient database, ApiSettings settings) {
        this.database = database;
        this.given = Optional.ofNullable(settings.token()).map(Tokens::hash);
        this.givenRole = settings.role();
        if (settings.token() != null && settings.token().length() < SHORTEST) {
            throw new WrongSetting("serai.api.token must have at least " + SHORTEST + " characters, such as openssl rand -hex 20 gives");
        }
    }

    /** Who shows a token. */
    record Bearer(String name, Rank role) {}

    /** A token as it is listed: not the token itself, which nobody knows any more. */
    record Listed(long id, String name, Rank role, Instant createdAt, Instant lastUsedAt) {}

    /** A token as it is shown, once, to who made it. */
    record Made(long id, String name, Rank role, String token) {}

    Optional<Bearer> find(String token) {
        byte[] hash = hash(token);
        if (given.filter(known -> MessageDigest.isEqual(known, hash)).isPresent()) {
            return Optional.of(new Bearer(ENVIRONMENT, givenRole));
        }
        Optional<Bearer> bearer = database.sql("select name, role from token where hash = :hash")
                .param("hash", hash)
                .query((row, number) -> new Bearer(row.getString("name"), Rank.of(row.getString("role"))))
                .optional();
        bearer.ifPresent(known -> used(known.name()));
        return bearer;
    }

    /** To the minute: a token in steady use is not worth a write a request. */
    private void used(String name) {
        database.sql("""
                update token set last_used_at = now()
                where name = :name and (last_used_at is null or last_used_at < now() - interval '1 minute')
                """)
                .param("name", name)
                .update();
    }

    Made make(String name, Rank role) {
        byte[] secret = new byte[RANDOM_BYTES];
        random.nextBytes(secret);
        String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        return database.sql("insert into token (name, hash, role) values (:name, :hash, :role) on conflict (name) do nothing returning id")
                .param("name", name)
                .param("hash", hash(token))
                .param("role", role.word())
                .query(Long.class)
                .optional()
                .map(id -> new Made(id, name, role, token))
                .orElseThrow(() -> new Stopped(Fault.of(
                        HttpStatus.CONFLICT, "There is a token of this name. Choose another, or delete that one.")));
    }

    /** The newest first, from before one of them. */
    List<Listed> list(long before, int most) {
        return database.sql("select id, name, role, created_at, last_used_at from token where id < :before order by id desc limit :most")
                .param("before", before)
                .param("most", most)
                .query(Tokens::listed)
                .list();
    }

    /** @return whether there was such a token */
    boolean delete(long id) {
        return database.sql("delete from token where id = :id").param("id", id).update() == 1;
    }

    private static Listed listed(ResultSet row, int number) throws SQLException {
        OffsetDateTime used = row.getObject("last_used_at", OffsetDateTime.class);
        return new Listed(
                row.getLong("id"),
                row.getString("name"),
                Rank.of(row.getString("role")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                used == null ? null : used.toInstant());
    }

    private static byte[] hash(String token) {
        return Sha256.of(token.getBytes(UTF_8));
    }
}
