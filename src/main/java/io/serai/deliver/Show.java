package io.serai.deliver;

import io.serai.database.Bell;
import io.serai.message.Parcel;
import org.springframework.stereotype.Component;

/** Lays a parcel on the counter and rings for whoever waits there. Showing it again changes nothing, so an unknown end may be resent. */
@Component("show")
class Show {

    private final Counter counter;
    private final Bell bell;

    Show(Counter counter, Bell bell) {
        this.counter = counter;
        this.bell = bell;
    }

    public Parcel show(Parcel parcel) {
        counter.put(parcel);
        bell.ring("counter", String.valueOf(parcel.to().id()));
        return parcel;
    }
}
