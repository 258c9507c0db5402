package io.serai.deliver;

import io.serai.contact.Contacts;
import io.serai.message.Lease;
import io.serai.message.Parcel;
import io.serai.message.Reply;
import io.serai.work.Lanes;
import io.serai.work.Queue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Parcels that are to be sent, and what became of them. */
@Repository
class Outbox {

    private final JdbcClient jdbc;
    private final Lanes lanes;

    Outbox(JdbcClient jdbc, Lanes lanes) {
        this.jdbc = jdbc;
        this.lanes = lanes;
    }

    /** Makes parcels of a reply and has them sent, in the thread of the last message it answers. */
    void put(Reply reply) {
        long parcel = jdbc.sql("""
                insert into parcel (reply_id, conversation_id, address_id, part, text, thread)
                select :reply, :conversation, :address, 1, :text, thread from message where id = :last
                returning id
                """)
                .param("reply", reply.id())
                .param("conversation", reply.turn().conversation().id())
                .param("address", reply.turn().address().id())
                .param("text", reply.text())
                .param("last", reply.turn().lastMessageId())
                .query(Long.class)
                .single();
        lanes.put(Queue.PARCELS, reply.turn().conversation().id(), parcel, Duration.ZERO);
    }

    /** A parcel that is still to be sent. */
    Optional<Parcel> find(Lease lease, long parcelId) {
        return jdbc.sql("""
                select parcel.id, reply_id, conversation_id, part, text, thread, state, address_id, channel, account, handle
                from parcel join address on address.id = address_id
                where parcel.id = :id and state in ('waiting', 'sending')
                """)
                .param("id", parcelId)
                .query((row, number) -> parcel(lease, row))
                .optional();
    }

    private static Parcel parcel(Lease lease, ResultSet row) throws SQLException {
        return new Parcel(row.getLong("id"), row.getLong("reply_id"), row.getLong("conversation_id"), Contacts.address(row), row.getInt("part"),
                row.getString("text"), row.getString("thread"), row.getString("state").equals("sending"), lease);
    }

    void sent(Parcel parcel) {
        jdbc.sql("update parcel set state = 'sent', sent_at = now() where id = :id").param("id", parcel.id()).update();
    }

    void dead(List<Long> parcels) {
        jdbc.sql("update parcel set state = 'dead' where id = any (:ids)").param("ids", parcels.toArray(Long[]::new)).update();
    }
}
