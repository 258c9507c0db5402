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

    /** Who is behind an address. */
    public record Known(Contact contact, Address address) {}

    private final JdbcClient jdbc;

    Contacts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Finds who is behind an address; handles are compared exactly as the channel spells them. */
    Optional<Known> find(String channel, String account, String handle) {
        return jdbc.sql("""
                select address.id, channel, account, handle, contact_id, name, time_zone
                from address join contact on contact.id = contact_id
                where channel = :channel and account = :account and handle = :handle
                """)
                .param("channel", channel)
                .param("account", account)
                .param("handle", handle)
                .query(Contacts::known)
                .optional();
    }

    /** Makes a contact for an address that nobody has; when two come at once, one contact is made and both find it. */
    @Transactional
    public Known meet(String channel, String account, String handle, String name) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:address, 0))")
                .param("address", channel + "\n" + account + "\n" + handle)
                .query(row -> {});
        return find(channel, account, handle).orElseGet(() -> introduce(channel, account, handle, name));
    }

    private Known introduce(String channel, String account, String handle, String name) {
        jdbc.sql("""
                with newcomer as (insert into contact (name) values (:name) returning id)
                insert into address (contact_id, channel, account, handle) select id, :channel, :account, :handle from newcomer
                """)
                .param("name", name)
                .param("channel", channel)
                .param("account", account)
                .param("handle", handle)
                .update();
        return find(channel, account, handle).orElseThrow();
    }

    /** The contact's conversation of that key; it begins when it is first asked for. */
    Conversation conversation(Contact contact, String key) {
        return open(contact, key).orElseGet(() -> {
            jdbc.sql("insert into conversation (contact_id, key) values (:contact, :key) on conflict do nothing")
                    .param("contact", contact.id())
                    .param("key", key)
                    .update();
            return open(contact, key).orElseThrow();
        });
    }

    private Optional<Conversation> open(Contact contact, String key) {
        return jdbc.sql("select id, key, fresh_from from conversation where contact_id = :contact and key = :key")
                .param("contact", contact.id())
                .param("key", key)
                .query(Conversation.class)
                .optional();
    }

    private static Known known(ResultSet row, int number) throws SQLException {
        var address = new Address(row.getLong("id"), row.getString("channel"), row.getString("account"), row.getString("handle"));
        return new Known(contact(row), address);
    }

    /** Reads a contact from a row that has contact_id, name and time_zone. */
    public static Contact contact(ResultSet row) throws SQLException {
        String zone = row.getString("time_zone");
        return new Contact(row.getLong("contact_id"), row.getString("name"), zone == null ? ZoneId.systemDefault() : ZoneId.of(zone));
    }
}
