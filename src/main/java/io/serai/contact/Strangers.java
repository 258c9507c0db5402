package io.serai.contact;

import io.serai.message.Address;
import io.serai.message.Arrival;
import io.serai.message.Standing;
import io.serai.message.Verdict;
import io.serai.work.Lanes;
import io.serai.work.Queue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** People and groups that are answered only once somebody has decided so, and what was decided. */
@Repository
public class Strangers {

    /**
     * Somebody at the door.
     *
     * @param id of the address
     * @param standing new (they wait), admitted or refused
     * @param unverified whether the channel does not vouch for them: the handle may be somebody else's
     * @param code what they were told, while it holds
     * @param messages how many wait
     * @param first the beginning of the first that waits
     */
    public record Stranger(long id, String channel, String account, String handle, String name, String standing, boolean unverified,
            String code, Instant expiresAt, int messages, String first, Instant since, String decidedBy, Instant decidedAt) {

        public Place place() {
            return new Place(since, decidedAt, id);
        }
    }

    /**
     * Where somebody stands in a list: it is no other one's, also when they have left it.
     *
     * @param since when the first message came that waits, or null
     * @param decidedAt when it was decided, or null
     */
    public record Place(Instant since, Instant decidedAt, long id) {

        /** Before everybody. */
        public static final Place START = new Place(Instant.EPOCH, null, 0);
    }

    private record Held(long message, long conversation) {}

    private final JdbcClient jdbc;
    private final Lanes lanes;
    private final Contacts contacts;
    private final ContactSettings settings;
    private final ConversationSettings conversations;

    Strangers(JdbcClient jdbc, Lanes lanes, Contacts contacts, ContactSettings settings, ConversationSettings conversations) {
        this.jdbc = jdbc;
        this.lanes = lanes;
        this.contacts = contacts;
        this.settings = settings;
        this.conversations = conversations;
    }

    /**
     * Makes sure that a message still has to wait. From here to the end of the transaction nobody decides about its sender: either the decision
     * came before, and holds for this message, or it comes after, and finds it.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Verdict settle(Arrival arrival) {
        String standing = jdbc.sql("select standing from address where id = :address for share")
                .param("address", arrival.address().id())
                .query(String.class)
                .single();
        return Gate.settled(arrival.verdict(), Standing.of(standing));
    }

    /** Who waits for a decision, or about whom one was made; those who wait longest first, then those about whom it was made last. */
    public List<Stranger> list(Standing standing, Place after, int most) {
        String waiting = standing == Standing.NEW ? " and address.id in (select address_id from message where held_by is not null)" : "";
        return find("address.standing = :value" + waiting, standing.word(), after, most);
    }

    /** Lets somebody in before they have written. */
    @Transactional
    public Stranger admit(String channel, String account, String handle, String name, String by) {
        String key = conversations.key(channel, handle);
        return decide(contacts.meet(channel, account, handle, name, key).address().id(), Standing.ADMITTED, by).orElseThrow();
    }

    /** Decides about somebody. Whoever is let in is answered: first what waits, in its order. Whoever is refused never is. */
    @Transactional
    public Optional<Stranger> decide(long address, Standing standing, String by) {
        int known = jdbc.sql("update address set standing = :standing, decided_by = :by, decided_at = now() where id = :address")
                .param("standing", standing.word())
                .param("by", by)
                .param("address", address)
                .update();
        if (known == 0) {
            return Optional.empty();
        }
        jdbc.sql("delete from pairing where address_id = :address").param("address", address).update();
        Optional<Stranger> before = find("address.id = :value", address, Place.START, 1).stream().findFirst();
        release(address, standing);
        return before;
    }

    private void release(long address, Standing standing) {
        if (standing == Standing.ADMITTED) {
            jdbc.sql("select id from message where address_id = :address and held_by is not null order by id for update")
                    .param("address", address)
                    .query(Long.class)
                    .list()
                    .forEach(this::takeIn);
        } else {
            jdbc.sql("update message set held_by = null, suppressed_by = :rule where address_id = :address and held_by is not null")
                    .param("rule", standing == Standing.REFUSED ? Gate.REFUSED : null)
                    .param("address", address)
                    .update();
        }
    }

    /** A message joins its talk now, behind what was said there meanwhile: whoever reads on from where they were finds it. */
    private void takeIn(long waited) {
        Held message = jdbc.sql("""
                with taken as (
                    update message set held_by = null, id = default where id = :waited returning id, conversation_id
                ), moved as (
                    update contact_merge_row set row_id = taken.id from taken where "table" = 'message' and row_id = :waited
                )
                select id as message, conversation_id as conversation from taken
                """)
                .param("waited", waited)
                .query(Held.class)
                .single();
        lanes.put(Queue.TURNS, message.conversation(), message.message(), Duration.ZERO);
    }

    /** Whether this is somebody who may let strangers in; only where the channel vouches for them. */
    public boolean isOperator(Address address) {
        return settings.isOperator(address)
                && jdbc.sql("select unverified = '' and standing <> 'refused' from address where id = :address")
                        .param("address", address.id())
                        .query(Boolean.class)
                        .single();
    }

    private List<Stranger> find(String condition, Object value, Place after, int most) {
        return jdbc.sql("""
                select address.id, address.channel, account, handle, contact.name, standing, unverified <> '' as unverified, code, expires_at,
                       coalesce(messages, 0) as messages, first, since, decided_by, decided_at
                from address
                join contact on contact.id = address.contact_id
                left join pairing on pairing.address_id = address.id and pairing.expires_at > now()
                left join lateral (
                    select count(*) as messages, min(stored_at) as since, left((array_agg(text order by id))[1], 200) as first
                    from message where message.address_id = address.id and held_by is not null
                ) held on true
                where %s
                  and (coalesce(since, 'infinity'), -extract(epoch from coalesce(decided_at, 'epoch')), address.id)
                      > (:since::timestamptz, -extract(epoch from :decided::timestamptz), :id)
                order by coalesce(since, 'infinity'), -extract(epoch from coalesce(decided_at, 'epoch')), address.id
                limit :most
                """.formatted(condition))
                .param("value", value)
                .param("since", after.since() == null ? "infinity" : after.since().toString())
                .param("decided", after.decidedAt() == null ? "epoch" : after.decidedAt().toString())
                .param("id", after.id())
                .param("most", most)
                .query(Strangers::stranger)
                .list();
    }

    private static Stranger stranger(ResultSet row, int number) throws SQLException {
        return new Stranger(row.getLong("id"), row.getString("channel"), row.getString("account"), row.getString("handle"), row.getString("name"),
                row.getString("standing"), row.getBoolean("unverified"), row.getString("code"), instant(row, "expires_at"),
                row.getInt("messages"), row.getString("first"), instant(row, "since"), row.getString("decided_by"), instant(row, "decided_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
