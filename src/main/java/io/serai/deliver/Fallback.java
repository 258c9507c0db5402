package io.serai.deliver;

import io.serai.message.Address;
import io.serai.message.Parcel;
import io.serai.work.Leases;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Sends what one channel did not take by the next one of the contact. */
@Component
class Fallback {

    private static final Logger log = LoggerFactory.getLogger(Fallback.class);

    private final JdbcClient jdbc;
    private final Preferences preferences;
    private final Leases leases;

    Fallback(JdbcClient jdbc, Preferences preferences, Leases leases) {
        this.jdbc = jdbc;
        this.preferences = preferences;
        this.leases = leases;
    }

    /** Puts what was not sent of a message on its next way, at its place in the conversation; false when there is none left. */
    @Transactional
    public boolean take(Parcel parcel, String why) {
        Address next = preferences.fallback(parcel).orElse(null);
        if (next == null) {
            return false;
        }
        leases.require(parcel.lease());
        reroute(parcel, next);
        leases.again(parcel.lease());
        log.warn("Conversation {}: a parcel goes by {} instead of {}: {}", parcel.conversationId(), next.channel(), parcel.channel(), why);
        return true;
    }

    /** The other channel splits the text in its own way; where a part has arrived already, only the rest goes on. */
    private void reroute(Parcel parcel, Address next) {
        jdbc.sql("""
                with left_behind as (
                    update parcel set state = 'rerouted'
                    where reply_id = :reply and address_id = :last and state in ('waiting', 'sending')
                    returning id, part, text
                ), onward as (
                    insert into parcel (reply_id, conversation_id, address_id, part, text, kind, asked_at)
                    select reply_id, conversation_id, :next, 1, (select string_agg(text, E'\\n\\n' order by part) from left_behind), kind, asked_at
                    from parcel where id = :id
                    returning id
                )
                update parcel set folded_into = onward.id from onward where folded_into in (select id from left_behind)
                """)
                .param("reply", parcel.replyId())
                .param("last", parcel.to().id())
                .param("next", next.id())
                .param("id", parcel.id())
                .update();
    }
}
