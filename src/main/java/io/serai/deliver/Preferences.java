package io.serai.deliver;

import io.serai.contact.Contacts;
import io.serai.message.Address;
import io.serai.message.Parcel;
import io.serai.message.Post;
import io.serai.message.Refused;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** By which channels contacts want to be reached, and when not. */
@Repository
public class Preferences {

    private final JdbcClient jdbc;
    private final Ways ways;

    Preferences(JdbcClient jdbc, Ways ways) {
        this.jdbc = jdbc;
        this.ways = ways;
    }

    /** The wishes of a contact; nothing when there is no such contact, or it turned out to be another one. */
    public Optional<Preference> find(long contactId) {
        return jdbc.sql("""
                select main, urgent, daily, conversation, coalesce(fallbacks, '{}') as fallbacks, coalesce(off, '{}') as off, quiet_from, quiet_to, time_zone
                from contact left join delivery_preference on contact_id = contact.id
                where contact.id = :contact and merged_into is null
                """)
                .param("contact", contactId)
                .query(Preferences::preference)
                .optional();
    }

    private static Preference preference(ResultSet row, int number) throws SQLException {
        String zone = row.getString("time_zone");
        return new Preference(row.getString("main"), row.getString("urgent"), row.getString("daily"), row.getString("conversation"),
                List.of((String[]) row.getArray("fallbacks").getArray()), List.of((String[]) row.getArray("off").getArray()),
                row.getObject("quiet_from", LocalTime.class), row.getObject("quiet_to", LocalTime.class), zone == null ? null : ZoneId.of(zone));
    }

    /**
     * Replaces the wishes of a contact; what is held for it is looked at anew.
     *
     * @param seen what they were when they were read
     * @return false when they are others by now, or the contact turned out to be another one
     * @throws Refused when a channel is named that cannot send
     */
    @Transactional
    public boolean keep(long contactId, Preference seen, Preference wish) {
        wish.channels().stream().filter(channel -> !ways.leadTo(channel)).findFirst().ifPresent(unknown -> {
            throw new Refused("there is no channel '%s': routes/deliver has none of that name".formatted(unknown));
        });
        jdbc.sql("select from contact where id = :contact for no key update").param("contact", contactId).query(row -> {});
        if (find(contactId).filter(seen::equals).isEmpty()) {
            return false;
        }
        jdbc.sql("update contact set time_zone = :zone where id = :contact")
                .param("zone", wish.zone() == null ? null : wish.zone().getId())
                .param("contact", contactId)
                .update();
        write(contactId, wish);
        return true;
    }

    private void write(long contactId, Preference wish) {
        jdbc.sql("""
                with released as (
                    update parcel set held_until = '-infinity'
                    where state = 'held' and address_id in (select id from address where contact_id = :contact)
                )
                insert into delivery_preference (contact_id, main, urgent, daily, conversation, fallbacks, off, quiet_from, quiet_to)
                values (:contact, :main, :urgent, :daily, :conversation, :fallbacks, :off, :from::time, :to::time)
                on conflict (contact_id) do update
                set main = excluded.main, urgent = excluded.urgent, daily = excluded.daily, conversation = excluded.conversation,
                    fallbacks = excluded.fallbacks, off = excluded.off, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to
                """)
                .param("contact", contactId)
                .param("main", wish.main())
                .param("urgent", wish.urgent())
                .param("daily", wish.daily())
                .param("conversation", wish.conversation())
                .param("fallbacks", wish.fallbacks().toArray(String[]::new))
                .param("off", wish.off().toArray(String[]::new))
                .param("from", wish.quietFrom() == null ? null : wish.quietFrom().toString())
                .param("to", wish.quietTo() == null ? null : wish.quietTo().toString())
                .update();
    }

    /**
     * Where a post goes: to its address, or by the channel for its kind, the main one, the fallbacks, or the one heard from last.
     *
     * @throws Refused when the contact cannot be reached by any channel
     */
    Address address(Post post) {
        return candidates(post).stream()
                .filter(address -> address.id() == post.addressId() || ways.leadTo(address.channel()))
                .findFirst()
                .orElseThrow(() -> new Refused("there is no channel by which the contact of conversation %d can be reached".formatted(post.conversationId())));
    }

    private List<Address> candidates(Post post) {
        return jdbc.sql("""
                select address.id as address_id, channel, account, handle
                from conversation
                join address on address.contact_id = conversation.contact_id
                left join delivery_preference wish on wish.contact_id = conversation.contact_id
                where conversation.id = :conversation
                  and case when :address > 0 then address.id = :address
                           else stopped_at is null and not channel = any (coalesce(wish.off, '{}')) end
                order by channel = case :kind when 'urgent' then wish.urgent when 'daily' then wish.daily else wish.conversation end desc nulls last,
                         channel = wish.main desc nulls last,
                         array_position(wish.fallbacks, channel) nulls last,
                         (select max(id) from message where address_id = address.id and role = 'user') desc nulls last,
                         address.id desc
                """)
                .param("conversation", post.conversationId())
                .param("address", post.addressId())
                .param("kind", post.kind().word())
                .query((row, number) -> Contacts.address(row))
                .list();
    }

    /** The next way for a message that could not be sent by the last one: the contact's fallbacks in order, each once. */
    Optional<Address> fallback(Parcel parcel) {
        return jdbc.sql("""
                select address.id as address_id, address.channel, address.account, address.handle
                from address tried
                join delivery_preference wish using (contact_id)
                join address on address.contact_id = tried.contact_id and address.channel = any (wish.fallbacks)
                where tried.id = :tried and address.stopped_at is null and not address.channel = any (wish.off)
                  and not exists (select from parcel where reply_id = :reply and parcel.address_id = address.id)
                order by array_position(wish.fallbacks, address.channel),
                         (select max(id) from message where address_id = address.id and role = 'user') desc nulls last,
                         address.id desc
                """)
                .param("tried", parcel.to().id())
                .param("reply", parcel.replyId())
                .query((row, number) -> Contacts.address(row))
                .list()
                .stream()
                .filter(address -> ways.leadTo(address.channel()))
                .findFirst();
    }
}
