package io.serai.deliver;

import io.serai.message.Lease;
import io.serai.message.Parcel;
import io.serai.work.Queue;
import io.serai.work.Shelf;
import java.util.List;
import org.springframework.stereotype.Component;

/** Parcels that wait to be sent. */
@Component
class Parcels implements Shelf<Parcel> {

    private final Outbox outbox;

    Parcels(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public Queue queue() {
        return Queue.PARCELS;
    }

    @Override
    public Parcel take(Lease lease, List<Long> parcels) {
        return outbox.find(lease, parcels.getFirst()).orElse(null);
    }

    @Override
    public void giveUp(List<Long> parcels) {
        outbox.dead(parcels);
    }
}
