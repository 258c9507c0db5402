package io.serai.profile;

import io.serai.message.Refused;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What is known of contacts, fact by fact. Every statement names the contact. */
@Repository
public class Profiles {

    static final String TIME_ZONE = "identity.timezone";
    private static final String SHOWN = "id, path, value, message_id, again_id, told_by, learned_at";

    private final JdbcClient jdbc;
    private final Schema schema;
    private final Clock clock;

    Profiles(JdbcClient jdbc, Schema schema, Clock clock) {
        this.jdbc = jdbc;
        this.schema = schema;
        this.clock = clock;
    }

    /**
     * A fact as it is shown.
     *
     * @param messageId the message that says it, or null when an operator wrote it
     * @param againId the message that says it last, or null while only that one does
     * @param toldBy model, rules, operator or contact
     */
    public record Known(long id, String path, String value, Long messageId, Long againId, String toldBy, OffsetDateTime learnedAt) {}

    public List<Known> of(long contactId) {
        return of(contactId, 0, Integer.MAX_VALUE).stream().sorted(Comparator.comparing(Known::path)).toList();
    }

    /** In the order in which they came, from behind one of them. */
    public List<Known> of(long contactId, long after, int most) {
        return jdbc.sql("select " + SHOWN + " from profile_fact where contact_id = :contact and deleted_by is null and id > :after order by id limit :most")
                .param("contact", contactId)
                .param("after", after)
                .param("most", most)
                .query(Known.class)
                .list();
    }

    public Optional<Known> find(long contactId, long id) {
        return of(contactId, id - 1, 1).stream().filter(fact -> fact.id() == id).findFirst();
    }

    /** Takes a fact out: no extraction brings this value back from what was said so far, nor a name or an item of a list from what is said later. */
    @Transactional
    public boolean delete(long contactId, long id, String who) {
        return delete(contactId, id, null, who);
    }

    /** The same, if it still says what was seen. */
    @Transactional
    public boolean delete(long contactId, Known seen, String who) {
        return delete(contactId, seen.id(), seen.value(), who);
    }

    private boolean delete(long contactId, long id, String value, String who) {
        hold(contactId);
        Optional<String> zone = jdbc.sql("""
                update profile_fact set deleted_by = :who, deleted_at = :now
                where contact_id = :contact and id = :id and deleted_by is null and (:value::text is null or value = :value::text)
                returning case when path = :zone then value else '' end
                """)
                .param("who", who)
                .param("now", now())
                .param("contact", contactId)
                .param("id", id)
                .param("value", value)
                .param("zone", TIME_ZONE)
                .query(String.class)
                .optional();
        zone.ifPresent(gone -> jdbc.sql("update contact set time_zone = null where id = :contact and time_zone = :zone")
                .param("contact", contactId).param("zone", gone).update());
        return zone.isPresent();
    }

    /**
     * Puts another value in the place of a fact; the old one does not come back.
     *
     * @return the fact that holds now, or empty when it no longer says what was seen
     * @throws Refused when a profile cannot hold this value
     */
    @Transactional
    public Optional<Known> correct(long contactId, Known seen, String value, String who) {
        return lock(contactId).stream()
                .filter(fact -> fact.id() == seen.id() && fact.value().equals(seen.value()) && !fact.isDeleted())
                .findFirst()
                .map(fact -> correct(contactId, fact, value.strip(), who));
    }

    private Known correct(long contactId, Merge.Fact fact, String value, String who) {
        List<String> complaints = schema.shape().complaints(fact.path(), value);
        if (!complaints.isEmpty()) {
            throw new Refused("%s cannot be this: %s".formatted(fact.path(), Shape.line(complaints)));
        }
        delete(contactId, fact.id(), who);
        if (fact.path().equals(TIME_ZONE)) {
            livesIn(contactId, value);
        }
        return jdbc.sql("""
                insert into profile_fact (contact_id, path, value, told_by, learned_at) values (:contact, :path, :value, 'operator', :now)
                on conflict (contact_id, path, lower(value)) do update
                set value = excluded.value, message_id = null, again_id = null, told_by = excluded.told_by, learned_at = excluded.learned_at,
                    deleted_by = null, deleted_at = null
                returning\s""" + SHOWN)
                .param("contact", contactId)
                .param("path", fact.path())
                .param("value", value)
                .param("now", now())
                .query(Known.class)
                .single();
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

    private void hold(long contactId) {
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
