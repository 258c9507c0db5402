package io.serai.deliver;

import java.time.Instant;

/** A parcel was put aside until the quiet hours of its contact end. Nothing failed: others of its conversation go past it. */
class Held extends RuntimeException {

    Held(Instant until) {
        super("held until " + until, null, false, false);
    }
}
