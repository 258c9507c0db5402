package io.serai.profile;

import io.serai.message.Refused;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What is known of contacts, fact by fact, as it is shown and put right. Every statement names the contact. */
@Repository
public class Profiles {

    private static final String SHOWN = "id, path, value, message_id, again_id, told_by, learned_at";

    private final JdbcClient jdbc;
    private final ProfileFacts facts;
    private final Schema schema;
    private final Clock clock;

    Profiles(JdbcClient jdbc, ProfileFacts facts, Schema schema, Clock clock) {
        this.jdbc = jdbc;
        this.facts = facts;
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

    /** Takes a fact out: no extraction brings this value back from what was said so far, nor who somebody is or an item of a list from what is said later. */
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
        facts.hold(contactId);
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
                .param("zone", ProfileFacts.TIME_ZONE)
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
        return facts.lock(contactId).stream()
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
        if (fact.path().equals(ProfileFacts.TIME_ZONE)) {
            facts.livesIn(contactId, value);
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

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
