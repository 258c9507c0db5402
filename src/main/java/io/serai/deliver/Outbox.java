package io.serai.deliver;

import io.serai.contact.Contacts;
import io.serai.database.Volley;
import io.serai.memory.Reflections;
import io.serai.memory.Transcript;
import io.serai.message.Address;
import io.serai.message.Kind;
import io.serai.message.Lease;
import io.serai.message.Parcel;
import io.serai.message.Post;
import io.serai.message.Reply;
import io.serai.message.Turn;
import io.serai.work.Lanes;
import io.serai.work.Leases;
import io.serai.work.Queue;
import io.serai.work.Subject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is to be sent. A message is one piece of work, named by its first parcel; each claim of it sends the next parcel that has not been sent, so
 * that parts arrive in order and one that fails never sends the others again.
 */
@Repository
public class Outbox {

    private final JdbcClient jdbc;
    private final JdbcTemplate template;
    private final Lanes lanes;
    private final Leases leases;
    private final Transcript transcript;
    private final Reflections reflections;
    private final Preferences preferences;

    Outbox(JdbcClient jdbc, JdbcTemplate template, Lanes lanes, Leases leases, Transcript transcript, Reflections reflections, Preferences preferences) {
        this.jdbc = jdbc;
        this.template = template;
        this.lanes = lanes;
        this.leases = leases;
        this.transcript = transcript;
        this.reflections = reflections;
        this.preferences = preferences;
    }

    /**
     * Keeps a reply: it stands in the transcript, is sent where it was asked, in the thread of the last message it answers, and will be reflected upon.
     *
     * @param first statements that belong before it, in the same round trip
     */
    @Transactional(propagation = Propagation.MANDATORY)
    Transcript.Written answer(Volley first, Reply reply) {
        var written = new AtomicReference<Transcript.Written>();
        transcript.write(first, reply, written::set);
        put(first, reply.turn(), reply.text());
        reflections.put(first, reply.turn());
        first.fire(template);
        return written.get();
    }

    /** Where it was asked, the address is alive. */
    private void put(Volley volley, Turn turn, String text) {
        volley.add("""
                with alive as (
                    update address set stopped_at = null, stopped_why = null where id = :address and stopped_at is not null
                )
                insert into parcel (reply_id, conversation_id, address_id, part, text, thread, kind, asked_at)
                select currval('message_id_seq'), :conversation, :address, 1, :text, thread, 'answer', said_at from message where id = :last
                """,
                new MapSqlParameterSource("conversation", turn.conversation().id())
                        .addValue("address", turn.address().id())
                        .addValue("text", text)
                        .addValue("last", turn.lastMessageId()));
        lanes.put(volley, Queue.PARCELS, turn.conversation().id(), Subject.latest("parcel"), Duration.ZERO);
    }

    /**
     * Sends a message that nobody asked for: it stands in the transcript, goes where the post says or the contact prefers, and will be reflected upon, since
     * it may promise something.
     *
     * @return its id in the transcript
     * @throws io.serai.message.Refused when the contact cannot be reached by any channel
     */
    @Transactional
    public long post(Post post) {
        Address address = preferences.address(post);
        long message = transcript.write(post, address);
        long parcel = jdbc.sql("""
                insert into parcel (reply_id, conversation_id, address_id, part, text, thread, kind)
                values (:message, :conversation, :address, 1, :text, :thread, :kind)
                returning id
                """)
                .param("message", message)
                .param("conversation", post.conversationId())
                .param("address", address.id())
                .param("text", post.text())
                .param("thread", post.thread())
                .param("kind", post.kind().word())
                .query(Long.class)
                .single();
        lanes.put(Queue.PARCELS, post.conversationId(), parcel, Duration.ZERO);
        reflections.put(post.conversationId(), message);
        return message;
    }

    /** The parcel that is next to be sent of the message to which this one belongs. */
    Optional<Parcel> find(Lease lease, long parcelId) {
        return jdbc.sql("""
                select parcel.id, reply_id, conversation_id, part, text, thread, state, address_id, channel, account, handle
                from parcel join address on address.id = address_id
                where reply_id = (select reply_id from parcel where id = :id) and state in ('waiting', 'sending')
                order by parcel.part, parcel.id
                limit 1
                """)
                .param("id", parcelId)
                .query((row, number) -> parcel(lease, row))
                .optional();
    }

    private static Parcel parcel(Lease lease, ResultSet row) throws SQLException {
        return new Parcel(row.getLong("id"), row.getLong("reply_id"), row.getLong("conversation_id"), Contacts.address(row), row.getInt("part"),
                row.getString("text"), row.getString("thread"), row.getString("state").equals("sending"), lease);
    }

    /** Makes parcels of the parts of a long one; what may have arrived is sent again as it is. What it carries has arrived with the last of them. */
    Parcel split(Parcel parcel, List<String> parts) {
        if (parcel.begun() && isPart(parcel)) {
            return parcel;
        }
        makeRoom(parcel, parts.size() - 1);
        jdbc.sql("""
                with first as (
                    update parcel set text = :first where id = :id
                ), behind as (
                    insert into parcel (reply_id, conversation_id, address_id, part, text, thread, kind, asked_at)
                    select reply_id, conversation_id, address_id, part + rank, rest.text, thread, kind, asked_at
                    from parcel cross join unnest(:rest::text[]) with ordinality as rest (text, rank)
                    where id = :id
                    returning id, part
                )
                update parcel set folded_into = (select id from behind order by part desc limit 1) where folded_into = :id
                """)
                .param("first", parts.getFirst())
                .param("rest", parts.subList(1, parts.size()).toArray(String[]::new))
                .param("id", parcel.id())
                .update();
        return parcel.with(parts.getFirst());
    }

    private boolean isPart(Parcel parcel) {
        return jdbc.sql("select count(*) > 1 from parcel where reply_id = :reply and address_id = :address")
                .param("reply", parcel.replyId())
                .param("address", parcel.to().id())
                .query(Boolean.class)
                .single();
    }

    /** It may be a part itself that was corrected, or goes by another channel now: those behind it stay behind. */
    private void makeRoom(Parcel parcel, int more) {
        // By way of numbers that nobody has: one row after another must not take the number of the next.
        jdbc.sql("update parcel set part = -part - :more where part > :part and reply_id = :reply and address_id = :address")
                .param("more", more)
                .param("part", parcel.part())
                .param("reply", parcel.replyId())
                .param("address", parcel.to().id())
                .update();
        jdbc.sql("update parcel set part = -part where part < 0 and reply_id = :reply and address_id = :address")
                .param("reply", parcel.replyId())
                .param("address", parcel.to().id())
                .update();
    }

    /** What stands in the way of a parcel. */
    Prospect prospect(Parcel parcel) {
        return jdbc.sql("""
                select stopped_why, account_pause.why as paused_why, parcel.part > 1 or parcel.state = 'sending' as begun, kind, asked_at, quiet_from, quiet_to, contact_id, name, time_zone
                from parcel
                join address on address.id = address_id
                join contact on contact.id = contact_id
                left join account_pause using (channel, account)
                left join delivery_preference using (contact_id)
                where parcel.id = :id
                """)
                .param("id", parcel.id())
                .query(Outbox::prospect)
                .single();
    }

    private static Prospect prospect(ResultSet row, int number) throws SQLException {
        LocalTime from = row.getObject("quiet_from", LocalTime.class);
        OffsetDateTime asked = row.getObject("asked_at", OffsetDateTime.class);
        return new Prospect(row.getString("stopped_why"), row.getString("paused_why"), row.getBoolean("begun"), Kind.of(row.getString("kind")),
                asked == null ? null : asked.toInstant(),
                from == null ? null : new QuietHours(from, row.getObject("quiet_to", LocalTime.class), Contacts.contact(row).zone()));
    }

    /** Takes a parcel out of its lane until the quiet hours of its contact end. */
    @Transactional
    public void putAside(Parcel parcel, Instant until) {
        leases.finish(parcel.lease());
        jdbc.sql("update parcel set state = 'held', held_until = :until where id = :id")
                .param("until", until.atOffset(ZoneOffset.UTC))
                .param("id", parcel.id())
                .update();
    }

    /** Gives up what was not sent of these messages. */
    void dead(List<Long> parcels) {
        jdbc.sql("""
                with given_up as (
                    update parcel set state = 'dead'
                    where reply_id in (select reply_id from parcel where id = any (:ids)) and state in ('waiting', 'sending')
                    returning id
                )
                update parcel set state = 'dead' where folded_into in (select id from given_up)
                """)
                .param("ids", parcels.toArray(Long[]::new))
                .update();
    }
}
