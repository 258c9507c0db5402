package io.serai.contact;

import io.serai.database.Volley;
import io.serai.message.Address;
import io.serai.message.Arrival;
import io.serai.message.Contact;
import io.serai.message.Conversation;
import io.serai.message.Standing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The people we know, the addresses they have, and the conversations we have with them. */
@Repository
public class Contacts {

    /** Who is behind an address, the talk we have with them, and what a person decided about them. */
    public record Known(Contact contact, Address address, Conversation conversation, Standing standing) {}

    /**
     * Where somebody speaks from.
     *
     * @param unverified empty, unless the channel does not vouch for the sender: then the thread, which is somebody of its own
     * @param group whether more people than one read what is said there
     */
    record Origin(String channel, String account, String handle, String unverified, boolean group) {}

    private static final String KNOWN = """
            select address.id as address_id, channel, account, handle, address.contact_id, name, time_zone, standing,
                   conversation.id as conversation_id, conversation.key, conversation.fresh_from
            from address
            join contact on contact.id = address.contact_id
            join conversation on conversation.contact_id = address.contact_id and conversation.key = :key
            """;

    private static final String BY_ORIGIN = KNOWN + """
            where channel = :channel and account = :account and handle = :handle and unverified = :unverified and is_group >= :group
            """;

    private final JdbcClient jdbc;
    private final JdbcTemplate template;

    Contacts(JdbcClient jdbc, JdbcTemplate template) {
        this.jdbc = jdbc;
        this.template = template;
    }

    /**
     * Finds who is behind an address, once they have a conversation of that key, and are known to be a group if they are one; handles are compared
     * exactly as the channel spells them.
     */
    Optional<Known> find(Origin origin, String key) {
        return jdbc.sql(BY_ORIGIN).paramSource(parameters(origin, key)).query(Contacts::known).optional();
    }

    /** The contact of that id. */
    public Optional<Contact> find(long id) {
        return jdbc.sql("select id as contact_id, name, time_zone from contact where id = :id")
                .param("id", id)
                .query((row, number) -> contact(row))
                .optional();
    }

    /** The conversation of that id, if it is this contact's. */
    public Optional<Conversation> conversation(long contact, long id) {
        return jdbc.sql("select id as conversation_id, key, fresh_from from conversation where contact_id = :contact and id = :id")
                .param("contact", contact)
                .param("id", id)
                .query((row, number) -> conversation(row))
                .optional();
    }

    /** Makes a contact for an address that nobody has, and begins the conversation; when two come at once, one is made and both find it. */
    @Transactional
    public Known meet(String channel, String account, String handle, String name, String key) {
        return meet(new Origin(channel, account, handle, "", false), name, key);
    }

    /** Who is being merged at this moment is asked for again once that is over. */
    @Transactional
    Known meet(Origin origin, String name, String key) {
        return settle(origin, name, key).or(() -> settle(origin, name, key)).orElseThrow();
    }

    private Optional<Known> settle(Origin origin, String name, String key) {
        var known = new AtomicReference<Known>();
        new Volley()
                .add("select pg_advisory_xact_lock(hashtextextended(:address, 0))", new MapSqlParameterSource(
                        "address", String.join("\n", origin.channel(), origin.account(), origin.handle(), origin.unverified())), lock -> {})
                .add("""
                        with known as (
                            select contact_id from address join contact on contact.id = contact_id
                            where channel = :channel and account = :account and handle = :handle and unverified = :unverified and merged_into is null
                            for share of contact
                        ), newcomer as (
                            insert into contact (name) select :name
                            where not exists (select from address
                                              where channel = :channel and account = :account and handle = :handle and unverified = :unverified)
                            returning id
                        ), housed as (
                            insert into address (contact_id, channel, account, handle, unverified, is_group)
                            select id, :channel, :account, :handle, :unverified, :group from newcomer
                        ), gathered as (
                            update address set is_group = true
                            where :group and channel = :channel and account = :account and handle = :handle and unverified = :unverified
                        )
                        insert into conversation (contact_id, key)
                        select contact_id, :key from known union all select id, :key from newcomer
                        on conflict do nothing
                        """, parameters(origin, key).addValue("name", name))
                .add(BY_ORIGIN, parameters(origin, key), found -> known.set(found.next() ? known(found, 0) : null))
                .fire(template);
        return Optional.ofNullable(known.get());
    }

    private static MapSqlParameterSource parameters(Origin origin, String key) {
        return new MapSqlParameterSource("channel", origin.channel())
                .addValue("account", origin.account())
                .addValue("handle", origin.handle())
                .addValue("unverified", origin.unverified())
                .addValue("group", origin.group())
                .addValue("key", key);
    }

    /**
     * The same arrival, of whoever has its address now.
     *
     * @throws CannotAcquireLockException when it is nobody's any more: who comes again with it is somebody new
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Arrival anew(Arrival stale) {
        String key = stale.conversation().key();
        long address = stale.address().id();
        jdbc.sql("insert into conversation (contact_id, key) select contact_id, :key from address where id = :address on conflict do nothing")
                .param("key", key)
                .param("address", address)
                .update();
        Known known = jdbc.sql(KNOWN + "where address.id = :address").param("key", key).param("address", address).query(Contacts::known).optional()
                .orElseThrow(() -> new CannotAcquireLockException("who had the address %d was erased at this moment".formatted(address)));
        return new Arrival(stale.inbound(), known.contact(), known.address(), known.conversation(), known.standing(), stale.verdict());
    }

    /** A handle has become another one, as that of a group which grows; when the new one is known already, both stay what they are. */
    public void moved(String channel, String account, String from, String to) {
        jdbc.sql("""
                update address set handle = :to
                where channel = :channel and account = :account and handle = :from
                  and not exists (select from address where channel = :channel and account = :account and handle = :to)
                """)
                .param("channel", channel)
                .param("account", account)
                .param("from", from)
                .param("to", to)
                .update();
    }

    private static Known known(ResultSet row, int number) throws SQLException {
        return new Known(contact(row), address(row), conversation(row), Standing.of(row.getString("standing")));
    }

    /** Reads a contact from a row that has contact_id, name and time_zone. */
    public static Contact contact(ResultSet row) throws SQLException {
        String zone = row.getString("time_zone");
        return new Contact(row.getLong("contact_id"), row.getString("name"), zone == null ? ZoneId.systemDefault() : ZoneId.of(zone));
    }

    /** Reads an address from a row that has address_id, channel, account and handle. */
    public static Address address(ResultSet row) throws SQLException {
        return new Address(row.getLong("address_id"), row.getString("channel"), row.getString("account"), row.getString("handle"));
    }

    /** Reads a conversation from a row that has conversation_id, key and fresh_from. */
    public static Conversation conversation(ResultSet row) throws SQLException {
        return new Conversation(row.getLong("conversation_id"), row.getString("key"), row.getLong("fresh_from"));
    }
}
