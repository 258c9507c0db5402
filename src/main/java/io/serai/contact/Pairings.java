package io.serai.contact;

import io.serai.Home;
import io.serai.message.Arrival;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The codes strangers are told. A stranger has one at a time, and few of a channel hold at a time: what is sent to people nobody knows stays little,
 * whatever they send.
 */
@Repository
public class Pairings {

    /** Who may approve is trusted, and counted as one. */
    private static final long ANY_OPERATOR = 0;

    private final JdbcClient jdbc;
    private final ContactSettings.Pairing settings;
    private final ApplicationEventPublisher events;
    private final Home home;
    private final Clock clock;
    private final Codes codes;

    Pairings(JdbcClient jdbc, ContactSettings settings, ApplicationEventPublisher events, Home home, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings.pairing();
        this.events = events;
        this.home = home;
        this.clock = clock;
        this.codes = new Codes(this.settings.guesses());
    }

    /** Tells a stranger a code, unless they have one that still holds, or their channel has enough of them for now. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void invite(Arrival stranger) {
        String code = codes.next();
        if (keep(stranger, code)) {
            String text = home.text("memory/prompts/pairing.md").strip()
                    .replace("{code}", code)
                    .replace("{minutes}", Long.toString(settings.life().toMinutes()));
            events.publishEvent(new Invitation(
                    stranger.contact(), stranger.conversation(), stranger.address(), stranger.inbound().thread(), text));
        }
    }

    private boolean keep(Arrival stranger, String code) {
        String channel = stranger.inbound().channel();
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('pairing ' || :channel, 0))").param("channel", channel).query(row -> {});
        return jdbc.sql("""
                insert into pairing as present (address_id, channel, code, made_at, expires_at)
                select :address, :channel, :code, :now, :expires
                where (select count(*) from pairing where channel = :channel and expires_at > :now) < :pending
                on conflict (address_id) do update
                set code = excluded.code, made_at = excluded.made_at, expires_at = excluded.expires_at
                where present.expires_at <= excluded.made_at
                """)
                .param("address", stranger.address().id())
                .param("channel", channel)
                .param("code", code)
                .param("now", now())
                .param("expires", now().plus(settings.life()))
                .param("pending", settings.pending())
                .update() == 1;
    }

    /**
     * Whose code it is.
     *
     * @return the address, or empty when no such code holds
     * @throws GuessedTooOften after too many wrong codes
     */
    public Optional<Long> find(String code) {
        return codes.find(ANY_OPERATOR, code, typed -> jdbc.sql("select address_id from pairing where code = :code and expires_at > :now")
                .param("code", typed)
                .param("now", now())
                .query(Long.class)
                .optional());
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
