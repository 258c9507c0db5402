package io.serai.contact;

import io.serai.message.Address;
import io.serai.message.Contact;
import io.serai.message.Conversation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The people we know, the addresses they have, and the conversations we have with them. */
@Repository
public class Contacts {

    /** Who is behind an address, and the talk we have with them. */
    public record Known(Contact contact, Address address, Conversation conversation) {}

    private final JdbcClient jdbc;

    Contacts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Finds who is behind an address, once they have a conversation of that key; handles are compared exactly as the channel spells them. */
    Optional<Known> find(String channel, String account, String handle, String key) {
        return jdbc.sql("""
                select address.id as address_id, channel, account, handle, address.contact_id, name, time_zone,
                       conversation.id as conversation_id, conversation.key, conversation.fresh_from
                from address
                join contact on contact.id = address.contact_id
                join conversation on conversation.contact_id = address.contact_id and conversation.key = :key
                where channel = :channel and account = :account and handle = :handle
                """)
                .param("channel", channel)
                .param("account", account)
                .param("handle", handle)
                .param("key", key)
                .query(Contacts::known)
                .optional();
    }

    /** The contact of that id. */
    public Optional<Contact> find(long id) {
        return jdbc.sql("select id as contact_id, name, time_zone from contact where id = :id")
                .param("id", id)
                .query((row, number) -> contact(row))
                .optional();
    }

    /** Makes a contact for an address that nobody has, and begins the conversation; when two come at once, one is made and both find it. */
    @Transactional
    public Known meet(String channel, String account, String handle, String name, String key) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:address, 0))")
                .param("address", channel + "\n" + account + "\n" + handle)
                .query(row -> {});
        jdbc.sql("""
                with known as (
                    select contact_id from address where channel = :channel and account = :account and handle = :handle
                ), newcomer as (
                    insert into contact (name) select :name where not exists (select from known) returning id
                ), housed as (
                    insert into address (contact_id, channel, account, handle)
                    select id, :channel, :account, :handle from newcomer
                )
                insert into conversation (contact_id, key)
                select contact_id, :key from known union all select id, :key from newcomer
                on conflict do nothing
                """)
                .param("channel", channel)
                .param("account", account)
                .param("handle", handle)
                .param("name", name)
                .param("key", key)
                .update();
        return find(channel, account, handle, key).orElseThrow();
    }

    private static Known known(ResultSet row, int number) throws SQLException {
        return new Known(contact(row), address(row), conversation(row));
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
