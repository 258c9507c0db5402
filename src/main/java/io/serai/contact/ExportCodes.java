package io.serai.contact;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.serai.Sha256;
import io.serai.message.Address;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Codes by which people fetch a copy of what is kept about them. A code opens what is kept about one contact, as long as the address it was told to is
 * theirs and nobody else reads there; of the code itself only the SHA-256 is kept here.
 */
@Repository
public class ExportCodes {

    private static final int GROUPS = 6;
    private static final int GROUP = 5;

    private final JdbcClient jdbc;
    private final ExportSettings settings;
    private final Clock clock;

    ExportCodes(JdbcClient jdbc, ExportSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    public Duration life() {
        return settings.life();
    }

    public int downloads() {
        return settings.downloads();
    }

    /**
     * A code for who speaks at an address; the one before no longer holds.
     *
     * @return empty where others may read along, or the sender may be forged
     */
    public Optional<String> make(Address address) {
        String code = Codes.random(GROUPS * GROUP);
        boolean made = jdbc.sql("""
                insert into export_code (address_id, asked_by, hash, expires_at)
                select id, contact_id, :hash, :expires from address where id = :address and not is_group and unverified = ''
                on conflict (address_id) do update
                set asked_by = excluded.asked_by, hash = excluded.hash, expires_at = excluded.expires_at, downloads = 0
                """)
                .param("hash", hash(code))
                .param("expires", now().plus(settings.life()))
                .param("address", address.id())
                .update() == 1;
        return made ? Optional.of(code.replaceAll("(?<=\\G.{" + GROUP + "})(?!$)", "-")) : Optional.empty();
    }

    /**
     * Uses a code, once more.
     *
     * @param typed in capitals or not, with or without dashes
     * @return the contact whose data it opens; empty when it does not hold, or no longer
     */
    public Optional<Long> use(String typed) {
        return jdbc.sql("""
                update export_code set downloads = downloads + 1
                from address
                where hash = :hash and expires_at > :now and downloads < :most
                  and address.id = address_id and contact_id = asked_by and not is_group and unverified = '' and standing <> 'refused'
                returning asked_by
                """)
                .param("hash", hash(typed.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "")))
                .param("now", now())
                .param("most", settings.downloads())
                .query(Long.class)
                .optional();
    }

    private static byte[] hash(String code) {
        return Sha256.of(code.getBytes(US_ASCII));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
