package io.serai.deliver;

import io.serai.database.Bell;
import io.serai.database.Volley;
import io.serai.message.Parcel;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lays a parcel on the counter and rings for whoever waits there. The counter is a table of ours: that it lies there and that it has arrived become true
 * together, so that nobody ever has to wonder whether it did, and no {@code dispatch} is needed before.
 */
@Component("show")
class Show {

    private final Counter counter;
    private final Sendings sendings;
    private final Bell bell;

    Show(Counter counter, Sendings sendings, Bell bell) {
        this.counter = counter;
        this.sendings = sendings;
        this.bell = bell;
    }

    /** @throws io.serai.work.LeaseLost when somebody else has the parcel by now */
    @Transactional
    public Parcel show(Parcel parcel) {
        var volley = new Volley();
        counter.put(volley, parcel);
        sendings.arrived(volley, parcel, null);
        bell.ring("counter", String.valueOf(parcel.to().id()));
        return parcel;
    }
}
