package io.serai.deliver;

import io.serai.channel.Alerts;
import io.serai.database.Committed;
import io.serai.message.DeadLetter;
import io.serai.message.Lease;
import io.serai.message.Refused;
import io.serai.work.DeadLetters;
import io.serai.work.Lanes;
import io.serai.work.Queue;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Parcels that a channel took and brought back later, as mails do that bounce. */
@Component
public class Returns {

    private record Returned(long conversationId, long addressId) {}

    private final JdbcClient jdbc;
    private final Lanes lanes;
    private final Outbox outbox;
    private final DeadLetters deadLetters;
    private final Alerts alerts;

    Returns(JdbcClient jdbc, Lanes lanes, Outbox outbox, DeadLetters deadLetters, Alerts alerts) {
        this.jdbc = jdbc;
        this.lanes = lanes;
        this.outbox = outbox;
        this.deadLetters = deadLetters;
        this.alerts = alerts;
    }

    /** Nobody is at the address of the parcel: nothing more goes there, and the parcel goes the contact's other ways or becomes a dead letter. */
    @Transactional
    public void addressGone(long parcelId, String why) {
        note(parcelId, why).forEach(returned -> {
            jdbc.sql("update address set stopped_at = now(), stopped_why = :why where id = :address and stopped_at is null")
                    .param("why", why)
                    .param("address", returned.addressId())
                    .update();
            lanes.put(Queue.PARCELS, returned.conversationId(), parcelId, Duration.ZERO);
        });
    }

    /** It was not taken in, for a reason that may lie in it or pass: it is a dead letter, and a person decides. */
    @Transactional
    public void notTaken(long parcelId, String why) {
        note(parcelId, why).forEach(returned -> {
            var nobodys = new Lease(Queue.PARCELS.word(), returned.conversationId(), 0, 1);
            var letter = new DeadLetter(nobodys, List.of(parcelId), outbox.find(nobodys, parcelId).orElseThrow(), new Refused("it came back: " + why));
            deadLetters.keep(letter);
            Committed.then(() -> alerts.raise(letter.text()));
        });
    }

    /** Once: what comes back again changes nothing. */
    private List<Returned> note(long parcelId, String why) {
        return jdbc.sql("""
                update parcel set state = 'waiting', error = :why where id = :id and state = 'sent'
                returning conversation_id, address_id
                """)
                .param("why", why)
                .param("id", parcelId)
                .query(Returned.class)
                .list();
    }
}
