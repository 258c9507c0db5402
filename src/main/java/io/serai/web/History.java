package io.serai.web;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was said at an address of the web chat: what its visitor wrote, and what was laid on the counter for them. */
@Component
class History {

    private static final String BEFORE =
            "(select case when :before::uuid is null then 9223372036854775807 else (select id from message where public_id = :before::uuid) end)";

    private final JdbcClient database;

    History(JdbcClient database) {
        this.database = database;
    }

    /**
     * One entry.
     *
     * @param parts the text; a long reply may have several parts, and some of them may still be on their way
     */
    record Entry(UUID id, String role, List<String> parts, Instant at) {}

    /** Where the answers of a visitor lie. */
    Place place(Visitor visitor) {
        return found(new Place(visitor.handle(), 0));
    }

    /** The same place with its address, when it has one by now. */
    Place found(Place place) {
        if (place.address() != 0) {
            return place;
        }
        return database.sql("select id from address where channel = :channel and account = '' and handle = :handle")
                .param("channel", Visitor.CHANNEL)
                .param("handle", place.handle())
                .query(Long.class)
                .optional()
                .map(address -> new Place(place.handle(), address))
                .orElse(place);
    }

    /** The newest item of the counter there, or 0. */
    long lastEvent(Place place) {
        if (place.address() == 0) {
            return 0;
        }
        return database.sql("select coalesce(max(id), 0) from counter where address_id = :address")
                .param("address", place.address())
                .query(Long.class)
                .single();
    }

    /** Visitors for whom something was laid on the counter after an item. */
    List<String> servedAfter(long item) {
        return database.sql("""
                select distinct handle from counter join address on address.id = counter.address_id
                where counter.id > :item and channel = :channel and account = ''
                """)
                .param("item", item)
                .param("channel", Visitor.CHANNEL)
                .query(String.class)
                .list();
    }

    /** The newest item of the whole counter, or 0. */
    long newest() {
        return database.sql("select coalesce(max(id), 0) from counter").query(Long.class).single();
    }

    /** The messages that no answer has been found for yet. */
    List<Long> waiting(Place place) {
        if (place.address() == 0) {
            return List.of();
        }
        return database.sql("""
                select message.id from message join work on work.queue = 'turns' and work.subject_id = message.id
                join conversation on conversation.id = work.conversation_id
                join address on address.contact_id = conversation.contact_id
                where address.id = :address and message.address_id = :address
                """)
                .param("address", place.address())
                .query(Long.class)
                .list();
    }

    /**
     * The newest entries, newest first.
     *
     * <p>The address is compared together with the id, and not by itself: else the planner would read the ids of everybody backwards until it has found
     * enough of somebody who has said a lot, which takes long when that was long ago. Whose they are and how many are wanted stands in
     * the query as numbers, so that the plan heeds them: one plan for all addresses would read the counter whole.
     *
     * @param upTo the last item of the counter that is told; what comes later is for the stream
     * @param before the entry before which to begin, or null to begin at the end
     */
    List<Entry> entries(Place place, long upTo, UUID before, int limit) {
        return database.sql("""
                with page as (
                    (select id from message
                     where (address_id, id) < (%3$d, %1$s) and address_id >= %3$d and role = 'user'
                     order by address_id desc, id desc
                     limit %2$d)
                    union all
                    (select reply_id from (
                        select distinct address_id, reply_id from counter
                        where (address_id, reply_id) < (%3$d, %1$s) and address_id >= %3$d and id <= :upTo
                        order by address_id desc, reply_id desc
                        limit %2$d) as laid)
                    order by id desc
                    limit %2$d
                )
                select public_id, role, coalesce(parts, array[text]) as parts, coalesce(laid_at, said_at) as at
                from page join message using (id) cross join lateral (
                    select array_agg(coalesce(counter.text, message.text) order by counter.id) as parts, min(created_at) as laid_at
                    from counter where address_id = %3$d and reply_id = message.id and counter.id <= :upTo
                ) as laid
                order by id desc
                """.formatted(BEFORE, limit, place.address()))
                .param("upTo", upTo)
                .param("before", before == null ? null : before.toString())
                .query(History::entry)
                .list();
    }

    private static Entry entry(ResultSet row, int number) throws SQLException {
        Array parts = row.getArray("parts");
        return new Entry(
                row.getObject("public_id", UUID.class),
                row.getString("role"),
                List.of((String[]) parts.getArray()),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }
}
