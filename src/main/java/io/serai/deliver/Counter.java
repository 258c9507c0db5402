package io.serai.deliver;

import io.serai.database.Volley;
import io.serai.message.Parcel;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where replies lie for those who come and fetch them: the open page of a visitor, a program that waits for its completion. */
@Component
public class Counter {

    /** Items are told so many at a time: a visitor of years would fill the memory of a hub. */
    public static final int AT_ONCE = 100;

    private final JdbcClient database;

    Counter(JdbcClient database) {
        this.database = database;
    }

    /**
     * A reply, or a part of one, that lies there.
     *
     * @param id grows with every item of an address, in the order in which they can be seen; 0 for an answer that went out elsewhere
     * @param replyId the reply in the transcript
     * @param publicId the same under a name that outsiders may see
     * @param text Markdown
     */
    public record Item(long id, long replyId, UUID publicId, String text, Instant at) {}

    /**
     * Lays it down, once, however often it is sent. The row lock on the address makes ids become visible in their order: a reader who has
     * seen one has seen all before it.
     */
    void put(Volley volley, Parcel parcel) {
        volley.add("""
                with place as (select id from address where id = :address for no key update)
                insert into counter (address_id, parcel_id, reply_id, text)
                select place.id, :parcel, :reply, nullif(:text, message.text) from place, message where message.id = :reply
                on conflict (parcel_id) do nothing
                """,
                new MapSqlParameterSource("address", parcel.to().id())
                        .addValue("parcel", parcel.id())
                        .addValue("reply", parcel.replyId())
                        .addValue("text", parcel.text()));
    }

    /** What was laid down for an address after an item, oldest first, {@link #AT_ONCE} at most. */
    public List<Item> since(long addressId, long afterId) {
        return database.sql("""
                select counter.id, reply_id, public_id, coalesce(counter.text, message.text) as text, counter.created_at
                from counter join message on message.id = reply_id
                where counter.address_id = :address and counter.id > :after
                order by counter.id
                limit :most
                """)
                .param("most", AT_ONCE)
                .param("address", addressId)
                .param("after", afterId)
                .query(Counter::item)
                .list();
    }

    /** The whole answer to a message, once every part of it has arrived: here, or where else it was sent. An apology is no answer. */
    public Optional<Item> answering(long messageId) {
        return database.sql("""
                select coalesce(max(counter.id), 0) as id, reply.id as reply_id, reply.public_id, reply.text,
                       coalesce(max(counter.created_at), max(parcel.sent_at)) as created_at
                from message as asked
                join message as reply on reply.id = asked.answer_id
                join parcel on parcel.reply_id = reply.id and parcel.state <> 'rerouted'
                left join counter on counter.parcel_id = parcel.id
                where asked.id = :message and reply.author is distinct from 'apology'
                group by reply.id
                having bool_and(counter.id is not null or parcel.state = 'sent')
                """)
                .param("message", messageId)
                .query(Counter::item)
                .optional();
    }

    private static Item item(ResultSet row, int number) throws SQLException {
        return new Item(
                row.getLong("id"),
                row.getLong("reply_id"),
                row.getObject("public_id", UUID.class),
                row.getString("text"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
