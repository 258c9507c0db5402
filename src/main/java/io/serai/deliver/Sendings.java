package io.serai.deliver;

import io.serai.database.Volley;
import io.serai.message.Parcel;
import io.serai.work.Leases;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The tries at sending parcels: how they began and how they ended. */
@Repository
class Sendings {

    /**
     * How it stands with a parcel.
     *
     * @param begun whether the try of the lease that asks has begun
     * @param attempts how often it was tried
     * @param policy null until it was first dispatched
     * @param retry the plan of its channel, or null
     * @param age since it was made, or was let go
     */
    record Sending(boolean begun, int attempts, Unknown policy, String retry, Duration age) {}

    private final JdbcClient jdbc;
    private final JdbcTemplate template;
    private final Leases leases;

    Sendings(JdbcClient jdbc, JdbcTemplate template, Leases leases) {
        this.jdbc = jdbc;
        this.template = template;
        this.leases = leases;
    }

    /**
     * Writes down that a try begins; false when somebody else has the parcel by now, or it is not as it was read: whoever had it before may have been
     * frozen in the midst of this, and what they began is committed when they wake up.
     */
    boolean begin(Parcel parcel, Unknown policy, String retry) {
        return jdbc.sql("""
                update parcel
                set state = 'sending', attempts = attempts + 1, epoch = :epoch, begun_at = now(), unknown_policy = :policy, retry = :retry
                from lane
                where parcel.id = :id and lane.queue = :queue and lane.conversation_id = :conversation and lane.epoch = :epoch and owner is not null
                  and state = case when :begun then 'sending' else 'waiting' end
                """)
                .param("begun", parcel.begun())
                .param("epoch", parcel.lease().epoch())
                .param("policy", policy.word())
                .param("retry", retry)
                .param("id", parcel.id())
                .param("queue", parcel.lease().queue())
                .param("conversation", parcel.lease().conversationId())
                .update() == 1;
    }

    /** Whether a try has begun of which nobody knows how it ends. */
    boolean isBegun(Parcel parcel) {
        return jdbc.sql("select exists (select from parcel where id = :id and state = 'sending')").param("id", parcel.id()).query(Boolean.class).single();
    }

    Optional<Sending> find(Parcel parcel) {
        return jdbc.sql("""
                select epoch is not distinct from :epoch and state = 'sending' as begun, attempts, unknown_policy, retry,
                       extract(epoch from now() - coalesce(since, created_at)) as age
                from parcel where id = :id
                """)
                .param("epoch", parcel.lease().epoch())
                .param("id", parcel.id())
                .query((row, number) -> new Sending(row.getBoolean("begun"), row.getInt("attempts"),
                        Optional.ofNullable(row.getString("unknown_policy")).map(Unknown::of).orElse(null),
                        row.getString("retry"), Duration.ofSeconds(row.getLong("age"))))
                .optional();
    }

    /**
     * It has arrived, and with it what was folded into it; its work is done, unless there are more parcels of the same message to be sent.
     *
     * @param first statements that belong before it, in the same round trip
     * @throws io.serai.work.LeaseLost when somebody else has the parcel by now
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void arrived(Volley first, Parcel parcel, String providerId) {
        // The lane before the parcel, as who buries it: a sender that was slow and who has its lane by now would wait for each other.
        leases.finish(first, parcel.lease(), "not exists (select from parcel where reply_id = :reply and id <> :id and state in ('waiting', 'sending'))",
                new MapSqlParameterSource("reply", parcel.replyId()).addValue("id", parcel.id()));
        first.add("update parcel set state = 'sent', sent_at = now(), provider_id = :provider, error = null where id = :id or folded_into = :id",
                new MapSqlParameterSource("provider", providerId).addValue("id", parcel.id()));
        first.fire(template);
    }

    /**
     * It surely did not leave this time. What an earlier try left in doubt stays so, and so does what somebody else began who has the lane by now.
     *
     * @param attempts how often it counts as tried by now
     */
    void notSent(Parcel parcel, int attempts, String why) {
        jdbc.sql("""
                update parcel set state = :state, attempts = :attempts, error = :why
                where id = :id and state in ('waiting', 'sending')
                  and exists (select from lane where queue = :queue and conversation_id = :conversation and epoch = :epoch and owner is not null)
                """)
                .param("state", parcel.begun() ? "sending" : "waiting")
                .param("attempts", attempts)
                .param("why", why)
                .param("id", parcel.id())
                .param("queue", parcel.lease().queue())
                .param("conversation", parcel.lease().conversationId())
                .param("epoch", parcel.lease().epoch())
                .update();
    }

    /** Nobody knows how this try ended. */
    void unknown(Parcel parcel, String why) {
        jdbc.sql("update parcel set error = :why where id = :id").param("why", why).param("id", parcel.id()).update();
    }

    /** The address takes nothing more, until it is heard from. */
    void stop(Parcel parcel, String why) {
        jdbc.sql("update address set stopped_at = now(), stopped_why = :why where id = :address and stopped_at is null")
                .param("why", why)
                .param("address", parcel.to().id())
                .update();
    }
}
