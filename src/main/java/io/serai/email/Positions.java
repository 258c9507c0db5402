package io.serai.email;

import io.serai.contact.Trace;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How far each mailbox has been read. */
@Repository
class Positions implements Trace {

    /**
     * @param place the mailbox it holds for; null: not noted
     * @param uid the last mail that is done with
     * @param freshFrom mails from here on are taken, whoever has read them; below it only unread ones that came since
     */
    record Position(String place, long uidValidity, long uid, long freshFrom, Instant since, Instant polledAt) {

        Position at(String place) {
            return new Position(place, uidValidity, uid, freshFrom, since, polledAt);
        }
    }

    private final JdbcClient jdbc;

    Positions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String table() {
        return "mail_aside";
    }

    /** Of a mail that cannot be read nobody knows the sender; it is of everybody whose address stands in it. It still lies in its mailbox. */
    @Override
    public String condition() {
        return """
                exists (select from address
                        where channel = 'email' and account = mailbox and unverified = '' and contact_id = any (:contacts)
                          and strpos(lower(encode(raw, 'escape')), lower(handle)) > 0)
                """;
    }

    Optional<Position> find(String mailbox) {
        return jdbc.sql("select place, uid_validity, uid, fresh_from, since, polled_at from mailbox where name = :name")
                .param("name", mailbox)
                .query((row, number) -> new Position(row.getString("place"), row.getLong("uid_validity"), row.getLong("uid"), row.getLong("fresh_from"),
                        row.getObject("since", OffsetDateTime.class).toInstant(), row.getObject("polled_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    /** Begins at the start of a folder that we do not know, or that was made anew. */
    void begin(String mailbox, Position position) {
        jdbc.sql("""
                insert into mailbox (name, place, uid_validity, uid, fresh_from, since) values (:name, :place, :validity, :uid, :fresh, :since)
                on conflict (name) do update set place = excluded.place, uid_validity = excluded.uid_validity, uid = excluded.uid,
                    fresh_from = excluded.fresh_from, since = excluded.since, trying = null, tries = 0, polled_at = now()
                """)
                .param("name", mailbox)
                .param("place", position.place())
                .param("validity", position.uidValidity())
                .param("uid", position.uid())
                .param("fresh", position.freshFrom())
                .param("since", position.since().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Counts a try before it is made. */
    int trying(String mailbox, long uid) {
        return jdbc.sql("""
                update mailbox set tries = case when trying = :uid then tries + 1 else 1 end, trying = :uid where name = :name returning tries
                """)
                .param("name", mailbox)
                .param("uid", uid)
                .query(Integer.class)
                .single();
    }

    /** Takes a try back that says nothing about the mail. */
    void forgive(String mailbox) {
        jdbc.sql("update mailbox set tries = greatest(tries - 1, 0) where name = :name").param("name", mailbox).update();
    }

    void done(String mailbox, long uid) {
        jdbc.sql("update mailbox set uid = :uid, trying = null, tries = 0 where name = :name").param("name", mailbox).param("uid", uid).update();
    }

    void polled(String mailbox, String place) {
        jdbc.sql("update mailbox set polled_at = now(), place = :place where name = :name").param("name", mailbox).param("place", place).update();
    }

    /** Keeps a mail that cannot be read, as it came. */
    void aside(String mailbox, long uidValidity, long uid, byte[] raw, String why) {
        jdbc.sql("delete from mail_aside where at < now() - interval '30 days'").update();
        jdbc.sql("""
                insert into mail_aside (mailbox, uid_validity, uid, why, raw) values (:mailbox, :validity, :uid, :why, :raw)
                on conflict (mailbox, uid_validity, uid) do update set why = excluded.why, raw = excluded.raw, at = now()
                """)
                .param("mailbox", mailbox)
                .param("validity", uidValidity)
                .param("uid", uid)
                .param("why", Cleaned.text(why))
                .param("raw", raw)
                .update();
    }
}
