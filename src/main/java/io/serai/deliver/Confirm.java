package io.serai.deliver;

import io.serai.message.Parcel;
import io.serai.work.Lanes;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Notes that a parcel has arrived and lets the next one of its conversation go. */
@Component("confirm")
class Confirm {

    private final Outbox outbox;
    private final Lanes lanes;

    Confirm(Outbox outbox, Lanes lanes) {
        this.outbox = outbox;
        this.lanes = lanes;
    }

    @Transactional
    public Parcel confirm(Parcel parcel) {
        lanes.finish(parcel.lease());
        outbox.sent(parcel);
        return parcel;
    }
}
