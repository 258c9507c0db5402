package io.serai.profile;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The facts of profiles, as they are written by who learns. Every statement names the contact. */
@Repository
class ProfileFacts {

    static final String TIME_ZONE = "identity.timezone";

    private final JdbcClient jdbc;
    private final Clock clock;

    ProfileFacts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * All there is, what was taken out too; nobody else writes into this profile until the transaction ends. A message from the future, as the date of
     * an email may have it, was said when it came.
     */
    List<Merge.Fact> lock(long contactId) {
        hold(contactId);
        return jdbc.sql("""
                select profile_fact.id, path, value, coalesce(again_id, message_id) as message_id,
                       coalesce(least(said_at, stored_at), learned_at) as said_at,
                       case when deleted_by is not null then coalesce(deleted_at, now()) end as deleted_at
                from profile_fact left join message on message.id = coalesce(again_id, message_id)
                where profile_fact.contact_id = :contact
                order by profile_fact.id
                """)
                .param("contact", contactId)
                .query(Merge.Fact.class)
                .list();
    }

    void hold(long contactId) {
        jdbc.sql("select 1 from contact where id = :contact for no key update").param("contact", contactId).query(row -> {});
    }

    void replace(long contactId, List<Merge.Fact> facts) {
        jdbc.sql("delete from profile_fact where contact_id = :contact and id = any (:ids)")
                .param("contact", contactId).param("ids", facts.stream().map(Merge.Fact::id).toArray(Long[]::new)).update();
    }

    void add(long contactId, Claim claim, long messageId, String toldBy) {
        jdbc.sql("""
                insert into profile_fact (contact_id, path, value, message_id, told_by, learned_at)
                values (:contact, :path, :value, :message, :toldBy, :now)
                on conflict (contact_id, path, lower(value)) do update
                set value = excluded.value, message_id = excluded.message_id, again_id = null, told_by = excluded.told_by,
                    learned_at = excluded.learned_at, deleted_by = null, deleted_at = null
                """)
                .param("contact", contactId)
                .param("path", claim.path())
                .param("value", claim.value())
                .param("message", messageId)
                .param("toldBy", toldBy)
                .param("now", now())
                .update();
    }

    /** It is known from this message too: what is said before it, and read later, does not replace it. */
    void repeated(long contactId, Merge.Repeated fact) {
        jdbc.sql("update profile_fact set again_id = :message where contact_id = :contact and id = :id")
                .param("message", fact.messageId())
                .param("contact", contactId)
                .param("id", fact.id())
                .update();
    }

    void changed(long contactId, Merge.Change change) {
        jdbc.sql("""
                insert into profile_change (contact_id, path, was, now, message_id, changed_at) values (:contact, :path, :was, :became, :message, :at)
                """)
                .param("contact", contactId)
                .param("path", change.path())
                .param("was", change.was())
                .param("became", change.now())
                .param("message", change.messageId())
                .param("at", now())
                .update();
    }

    /** From now on their days end when theirs do, not ours; a zone that nobody knows changes nothing. */
    Optional<ZoneId> livesIn(long contactId, String zone) {
        ZoneId known;
        try {
            known = ZoneId.of(zone);
        } catch (DateTimeException unknown) {
            return Optional.empty();
        }
        jdbc.sql("update contact set time_zone = :zone where id = :contact").param("zone", zone).param("contact", contactId).update();
        return Optional.of(known);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
