package io.serai.profile;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What is known of contacts, fact by fact. Every statement names the contact. */
@Repository
public class Profiles {

    private final JdbcClient jdbc;
    private final Clock clock;

    Profiles(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A fact as it is shown.
     *
     * @param messageId the message that says it, or null when an operator wrote it
     * @param toldBy model, rules, operator or contact
     */
    public record Known(long id, String path, String value, Long messageId, String toldBy, OffsetDateTime learnedAt) {}

    public List<Known> of(long contactId) {
        return jdbc.sql("""
                select id, path, value, message_id, told_by, learned_at from profile_fact
                where contact_id = :contact and deleted_by is null order by path, id
                """)
                .param("contact", contactId)
                .query(Known.class)
                .list();
    }

    /** Takes a fact out for good: no extraction brings this value back. */
    public boolean delete(long contactId, long id, String who) {
        return jdbc.sql("update profile_fact set deleted_by = :who where contact_id = :contact and id = :id and deleted_by is null")
                .param("who", who)
                .param("contact", contactId)
                .param("id", id)
                .update() == 1;
    }

    /** Puts another value in the place of a fact; the old one does not come back. */
    @Transactional
    public boolean correct(long contactId, long id, String value, String who) {
        boolean there = delete(contactId, id, who);
        if (there) {
            jdbc.sql("""
                    insert into profile_fact (contact_id, path, value, told_by, learned_at)
                    select contact_id, path, :value, 'operator', :now from profile_fact where contact_id = :contact and id = :id
                    on conflict (contact_id, path, lower(value)) do update set deleted_by = null, told_by = 'operator', learned_at = :now
                    """)
                    .param("contact", contactId)
                    .param("id", id)
                    .param("value", value.strip())
                    .param("now", now())
                    .update();
        }
        return there;
    }

    /** All there is, what was taken out too; nobody else writes into this profile until the transaction ends. */
    List<Merge.Fact> lock(long contactId) {
        jdbc.sql("select 1 from contact where id = :contact for update").param("contact", contactId).query(row -> {});
        return jdbc.sql("select id, path, value, deleted_by is not null as deleted from profile_fact where contact_id = :contact order by id")
                .param("contact", contactId)
                .query(Merge.Fact.class)
                .list();
    }

    void replace(long contactId, List<Merge.Fact> facts) {
        jdbc.sql("delete from profile_fact where contact_id = :contact and id = any (:ids)")
                .param("contact", contactId)
                .param("ids", facts.stream().map(Merge.Fact::id).toArray(Long[]::new))
                .update();
    }

    void add(long contactId, Claim claim, long messageId, String toldBy) {
        jdbc.sql("""
                insert into profile_fact (contact_id, path, value, message_id, told_by, learned_at)
                values (:contact, :path, :value, :message, :toldBy, :now)
                on conflict (contact_id, path, lower(value)) do nothing
                """)
                .param("contact", contactId)
                .param("path", claim.path())
                .param("value", claim.value())
                .param("message", messageId)
                .param("toldBy", toldBy)
                .param("now", now())
                .update();
    }

    void changed(long contactId, Merge.Change change, long messageId) {
        jdbc.sql("""
                insert into profile_change (contact_id, path, was, now, message_id, changed_at) values (:contact, :path, :was, :became, :message, :at)
                """)
                .param("contact", contactId)
                .param("path", change.path())
                .param("was", change.was())
                .param("became", change.now())
                .param("message", messageId)
                .param("at", now())
                .update();
    }

    /** From now on their days end when theirs do, not ours. */
    void livesIn(long contactId, String zone) {
        jdbc.sql("update contact set time_zone = :zone where id = :contact").param("zone", zone).param("contact", contactId).update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
