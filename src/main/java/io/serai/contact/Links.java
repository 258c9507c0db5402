package io.serai.contact;

import io.serai.message.Address;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** How somebody proves that two channels are theirs: by a code that is told on the one and given on the other. */
@Repository
public class Links {

    /** What became of a code that was given. */
    public enum Outcome { LINKED, ONE_ALREADY, UNKNOWN }

    /** @param addressId who asked for the code */
    private record Claim(long addressId, long kept, long merged) {}

    private final JdbcClient jdbc;
    private final Merges merges;
    private final Clock clock;
    private final Duration life;
    private final Codes codes;

    Links(JdbcClient jdbc, Merges merges, ContactSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.merges = merges;
        this.clock = clock;
        this.life = settings.link().life();
        this.codes = new Codes(settings.link().guesses());
    }

    public Duration life() {
        return life;
    }

    /** Whether an address is one person's for sure: no group's, and none that may be forged. */
    public boolean isPersonal(Address address) {
        return jdbc.sql("select not is_group and unverified = '' from address where id = :address")
                .param("address", address.id())
                .query(Boolean.class)
                .single();
    }

    /** A code to be given from another channel; the one before no longer holds. */
    public String invite(Address address) {
        return jdbc.sql("""
                insert into link (address_id, code, expires_at) values (:address, :code, :expires)
                on conflict (address_id) do update set code = excluded.code, expires_at = excluded.expires_at, used_by = null
                returning code
                """)
                .param("address", address.id())
                .param("code", codes.next())
                .param("expires", now().plus(life))
                .query(String.class)
                .single();
    }

    /**
     * Makes one contact of who gives a code and who was told it: the latter is kept. A turn that is tried again finds them one already.
     *
     * @throws GuessedTooOften after too many wrong codes
     */
    @Transactional
    public Outcome give(String code, Address giver) {
        return codes.find(giver.id(), code, typed -> claim(typed, giver)).map(claim -> link(claim, giver)).orElse(Outcome.UNKNOWN);
    }

    private Optional<Claim> claim(String code, Address giver) {
        return jdbc.sql("""
                select link.address_id, asker.contact_id as kept, giver.contact_id as merged
                from link join address asker on asker.id = link.address_id join address giver on giver.id = :giver
                where code = :code and expires_at > :now and (used_by is null or used_by = :giver)
                for update of link
                """)
                .param("giver", giver.id())
                .param("code", code)
                .param("now", now())
                .query(Claim.class)
                .optional();
    }

    private Outcome link(Claim claim, Address giver) {
        if (claim.kept() == claim.merged()) {
            return Outcome.ONE_ALREADY;
        }
        jdbc.sql("update link set used_by = :giver where address_id = :asker").param("giver", giver.id()).param("asker", claim.addressId()).update();
        merges.merge(claim.kept(), claim.merged(), giver.channel() + ":" + giver.handle());
        return Outcome.LINKED;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
