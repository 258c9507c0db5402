package io.serai.deliver;

import io.serai.contact.Contacts;
import io.serai.message.Address;
import io.serai.message.Parcel;
import io.serai.message.Post;
import io.serai.message.Refused;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** By which channels contacts want to be reached. */
@Repository
class Preferences {

    private final JdbcClient jdbc;
    private final Ways ways;

    Preferences(JdbcClient jdbc, Ways ways) {
        this.jdbc = jdbc;
        this.ways = ways;
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
